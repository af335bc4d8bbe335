import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Reads `CHAIN ANCHORS` a line (each: base64 DER joined by commas, or -), prints what Java's trust manager says. */
public class TrustManagerOracle {
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "ASCII"));
        for (String line; (line = in.readLine()) != null; ) {
            String[] words = line.split(" ");
            System.out.println(judge(words[0], words[1]).replace('\n', ' '));
        }
    }

    private static String judge(String chain, String anchors) {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            int count = 0;
            for (String one : anchors.equals("-") ? new String[0] : anchors.split(",")) {
                X509Certificate anchor;
                try {
                    anchor = certificate(one);
                } catch (Exception unreadable) {
                    continue;
                }
                store.setCertificateEntry("a" + count++, anchor);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            String[] sent = chain.split(",");
            X509Certificate[] certificates = new X509Certificate[sent.length];
            for (int i = 0; i < sent.length; i++) {
                certificates[i] = certificate(sent[i]);
            }
            ((X509TrustManager) factory.getTrustManagers()[0]).checkServerTrusted(certificates, "UNKNOWN");
            return "accepted";
        } catch (Exception refused) {
            return refused.getClass().getName() + ": " + refused.getMessage();
        }
    }

    private static X509Certificate certificate(String base64) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(
                new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }
}
