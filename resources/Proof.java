import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Properties;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Asks the JVM it runs in whether it accepts a mail server's certificate, as JavaMail would: no credentials, no mail.
 * The request comes on standard input as java.util.Properties, the answer leaves as one line of JSON. Compiled by
 * javac 17 with --release 8 -g:none. The trust manager is Java's default one.
 */
public final class Proof implements Runnable {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_REPLY = 65536;
    private static final int MOST_CERTIFICATES = 20000;

    /** The inside of a JSON object; of two equal names the last one counts. */
    private static final StringBuffer found = new StringBuffer();

    private static final Properties asked = new Properties();
    private static String said;

    public static void main(String[] none) {
        long began = System.currentTimeMillis();
        try {
            asked.load(System.in);
            Thread watch = new Thread(new Proof());
            watch.setDaemon(true);
            watch.start();
            load();
            if (asked("host") == null) {
                put("ok", "true");
            } else {
                talk(asked("starttls") != null);
            }
            stage("done");
        } catch (Throwable error) {
            tell("trouble", "thrown");
            put("exceptions", chainOf(error));
        }
        put("ms", Long.toString(System.currentTimeMillis() - began));
        answer();
    }

    /** The deadline, in milliseconds since 1970: whatever is known by then is told. */
    @Override
    public void run() {
        try {
            // What takes Java 25 longest in a handshake is loaded and compiled while main reads the truststore.
            KeyPairGenerator early = KeyPairGenerator.getInstance("EC");
            early.initialize(256);
            early.generateKeyPair();
        } catch (Exception error) {
            // Then the handshake does without.
        }
        try {
            Thread.sleep(Math.max(0, Long.parseLong(asked("deadline")) - System.currentTimeMillis()));
        } catch (Exception error) {
            return;
        }
        tell("trouble", "deadline");
        answer();
    }

    /** As -Djavax.net.ssl.trustStore=... would: this is before JSSE looks at them for the first time. */
    private static void load() throws GeneralSecurityException {
        stage("store");
        for (String name : new String[] {"trustStore", "trustStorePassword", "trustStoreType"}) {
            if (asked(name) != null) {
                System.setProperty("javax.net.ssl." + name, asked(name));
            }
        }
        String security = System.getProperty("java.home") + "/lib/security/";
        String given = asked("trustStore") == null ? security + "jssecacerts" : asked("trustStore");
        // JSSE says nothing when it falls back from the file that it was given.
        tell("trustStore", isReadable(given) ? given : isReadable(security + "cacerts") ? security + "cacerts" : "");
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        X509Certificate[] trusted = ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
        put("count", Integer.toString(trusted.length));
        if (asked("issuers") != null) {
            put("issuers", digests(trusted));
        }
    }

    private static boolean isReadable(String name) {
        File file = new File(name);
        return name.equals("NONE") || file.isFile() && file.canRead();
    }

    private static void talk(boolean startTls) throws IOException, GeneralSecurityException {
        stage("connect");
        int port = Integer.parseInt(asked("port"));
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(asked("host"), port));
        if (startTls) {
            InputStream clear = socket.getInputStream();
            stage("greeting");
            expect(clear, "220");
            stage("ehlo");
            say(socket, "EHLO " + asked("ehlo"));
            expect(clear, "250");
            stage("starttls");
            if (!said.toUpperCase().replace('-', ' ').contains("250 STARTTLS\n")) {
                throw new IOException("STARTTLS is required but host does not support STARTTLS");
            }
            say(socket, "STARTTLS");
            expect(clear, "220");
        }
        // JavaMail's SocketFetcher lays TLS over a connected socket in this way, for STARTTLS and for SMTPS.
        stage("tls");
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, asked("host"), port, true);
        if (asked("checkName") != null) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("LDAPS");
            secure.setSSLParameters(parameters);
        }
        secure.startHandshake();
        tell("protocol", secure.getSession().getProtocol());
        tell("cipher", secure.getSession().getCipherSuite());
        put("chain", digests(secure.getSession().getPeerCertificates()));
        put("ok", "true");
        if (startTls) {
            say(secure, "QUIT");
        }
        secure.close();
    }

    private static void say(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes("UTF-8"));
        socket.getOutputStream().flush();
    }

    private static void expect(InputStream from, String code) throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = line(from);
            reply.append(line).append('\n');
        } while (line.startsWith("-", 3) && reply.length() < LONGEST_REPLY);
        said = reply.toString();
        tell("said", said);
        if (!line.startsWith(code)) {
            throw new IOException(line);
        }
    }

    private static String line(InputStream from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = from.read(); octet != '\n' && line.length() < LONGEST_LINE; octet = from.read()) {
            if (octet < 0) {
                throw new IOException("[EOF]");
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    /** In hexadecimal, without leading zeros. */
    private static String digests(Certificate[] certificates) throws GeneralSecurityException {
        StringBuilder json = new StringBuilder("[");
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < certificates.length && i < MOST_CERTIFICATES; i++) {
            json.append(i == 0 ? "\"" : ",\"");
            json.append(new BigInteger(1, sha256.digest(certificates[i].getEncoded())).toString(16)).append('"');
        }
        return json.append(']').toString();
    }

    private static String chainOf(Throwable error) {
        String json = "";
        for (int depth = 0; error != null && depth < 10; depth++, error = error.getCause()) {
            String comma = depth == 0 ? "" : ",";
            json += comma + "[" + quoted(error.getClass().getName()) + "," + quoted("" + error.getMessage()) + "]";
        }
        return "[" + json + "]";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < LONGEST_REPLY; i++) {
            char one = text.charAt(i);
            if (one < ' ' || one > '~' || one == '"' || one == '\\') {
                json.append("\\u").append(Integer.toHexString(one | 0x10000).substring(1));
            } else {
                json.append(one);
            }
        }
        return json.append('"').toString();
    }

    private static String asked(String name) {
        return asked.getProperty(name);
    }

    private static void stage(String name) {
        tell("stage", name);
    }

    private static void tell(String name, String text) {
        put(name, quoted(text));
    }

    private static void put(String name, String json) {
        found.append(',').append(quoted(name)).append(':').append(json);
    }

    /** Once: who comes second waits until the JVM is gone. In a line of its own, after whatever the JVM printed. */
    private static synchronized void answer() {
        for (String name : new String[] {"version", "vendor", "home"}) {
            tell(name, "" + System.getProperty("java." + name));
        }
        System.out.println("\n{" + found.substring(1) + "}");
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
