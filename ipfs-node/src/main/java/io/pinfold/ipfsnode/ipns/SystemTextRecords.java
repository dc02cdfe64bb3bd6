package io.pinfold.ipfsnode.ipns;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Text records from the name servers that the system is configured with, by the JDK's own client. */
final class SystemTextRecords implements DnsLink.TextRecords {

    private static final Logger log = LoggerFactory.getLogger(SystemTextRecords.class);
    private static final int MAX_TEXTS = 64;
    private static final int MAX_TEXT = 4_096;

    @Override
    @SuppressWarnings({"JdkObsolete", "BanJNDI"}) // a Hashtable is asked for; the provider is fixed, and gives texts only
    public List<String> of(String domain) {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put("com.sun.jndi.dns.timeout.initial", "2000");
        settings.put("com.sun.jndi.dns.timeout.retries", "2");
        try {
            DirContext names = new InitialDirContext(settings);
            try {
                return texts(names.getAttributes("dns:/" + domain, new String[]{"TXT"}).get("TXT"));
            } finally {
                names.close();
            }
        } catch (NamingException e) {
            log.debug("no text records of {}: {}", domain, e.toString());
            return List.of();
        }
    }

    private static List<String> texts(@Nullable Attribute attribute) throws NamingException {
        List<String> texts = new ArrayList<>();
        if (attribute != null) {
            NamingEnumeration<?> all = attribute.getAll();
            while (all.hasMore() && texts.size() < MAX_TEXTS) {
                String text = String.valueOf(all.next());
                if (text.length() <= MAX_TEXT) {
                    texts.add(unquoted(text));
                }
            }
        }
        return texts;
    }

    /** The JDK puts quotes around texts with blanks. */
    private static String unquoted(String text) {
        return text.replace("\"", "");
    }
}
