import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** One test mail as Bitbucket sends it, through JavaMail. Started by wire.py: host port ca username password-file from to. */
public class SendOne {
    public static void main(String[] words) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", words[0]);
        settings.put("mail.smtp.port", words[1]);
        settings.put("mail.smtp.auth", "true");
        settings.put("mail.smtp.starttls.required", "true");
        settings.put("mail.smtp.timeout", "20000");
        settings.put("mail.smtp.ssl.socketFactory", trusting(words[2]));
        MimeMessage message = new MimeMessage(Session.getInstance(settings));
        message.setFrom(new InternetAddress(words[5]));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(words[6]));
        message.setSubject("Test Mail");
        message.setText("This is a test mail.");
        Transport.send(message, words[3], Files.readAllLines(Path.of(words[4])).get(0));
    }

    private static SSLSocketFactory trusting(String pem) throws Exception {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        try (FileInputStream file = new FileInputStream(pem)) {
            for (Certificate anchor : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                anchors.setCertificateEntry("anchor" + anchors.size(), anchor);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
