import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;

/**
 * Mail after mail as Bitbucket sends it (facts: bitbucket 3.2). One line of standard input each, words parted by tabs:
 * protocol host port enable required username password from to. One line of standard output each: "accepted", or the
 * exceptions, parted by " <- ".
 */
public class SendMail {
    public static void main(String[] none) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = lines.readLine()) != null; ) {
            String said;
            try {
                send(line.split("\t", -1));
                said = "accepted";
            } catch (Exception error) {
                said = words(error);
            }
            System.out.println(said.replace('\n', ' ').replace('\r', ' '));
            System.out.flush();
        }
    }

    private static void send(String[] words) throws Exception {
        String prefix = "mail." + words[0] + ".";
        Properties settings = new Properties();
        settings.put("mail.transport.protocol", words[0]);
        settings.put(prefix + "host", words[1]);
        settings.put(prefix + "port", words[2]);
        settings.put(prefix + "starttls.enable", words[3]);
        settings.put(prefix + "starttls.required", words[4]);
        settings.put(prefix + "localhost", "client.example.test");
        settings.put(prefix + "connectiontimeout", "8000");
        settings.put(prefix + "timeout", "8000");
        boolean signs = !words[5].isEmpty();
        if (signs) {
            settings.put(prefix + "auth", "true");
        }
        Session session = Session.getInstance(settings);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(words[7]));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(words[8]));
        message.setSubject("Test Mail");
        message.setText("This is a test mail.");
        try (Transport transport = session.getTransport()) {
            transport.connect(words[1], Integer.parseInt(words[2]), signs ? words[5] : null, signs ? words[6] : null);
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    private static String words(Throwable error) {
        StringBuilder found = new StringBuilder();
        for (Throwable one = error; one != null && found.length() < 2000; ) {
            found.append(found.length() == 0 ? "" : " <- ").append(one);
            Throwable next = one instanceof javax.mail.MessagingException
                    ? ((javax.mail.MessagingException) one).getNextException() : one.getCause();
            one = next;
        }
        return found.toString();
    }
}
