import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;

/** One mail through JavaMail with the JVM's own trust: protocol host port username password-file from to. */
public class SendByTruststore {
    public static void main(String[] words) throws Exception {
        String prefix = "mail." + words[0] + ".";
        Properties settings = new Properties();
        settings.put(prefix + "host", words[1]);
        settings.put(prefix + "port", words[2]);
        settings.put(prefix + "auth", "true");
        settings.put(prefix + "starttls.required", String.valueOf(words[0].equals("smtp")));
        settings.put(prefix + "starttls.enable", String.valueOf(words[0].equals("smtp")));
        settings.put(prefix + "timeout", "20000");
        Session session = Session.getInstance(settings);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(words[5]));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(words[6]));
        message.setSubject("Trusted by what mailsetup wrote");
        message.setText("This is a test mail.");
        try (Transport transport = session.getTransport(words[0])) {
            transport.connect(words[3], Files.readAllLines(Path.of(words[4])).get(0));
            transport.sendMessage(message, message.getAllRecipients());
        }
    }
}
