package io.pinfold.api.gateway;

import io.pinfold.api.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/** Shapes of the gateway's answers. */
final class Answers {

    private static final int MAX_FILE_NAME = 255;

    private Answers() {}

    /** A sentence that says why not. */
    static Reply refusal(int status, String sentence) {
        return refusal(status, sentence, Map.of());
    }

    static Reply refusal(int status, String sentence, Map<String, String> more) {
        return Reply.Whole.text(status, sentence, more);
    }

    /** {@code Content-Disposition}: always something to be saved, never to be shown. */
    static String attachment(String name) {
        String cut = name.length() > MAX_FILE_NAME ? name.substring(0, MAX_FILE_NAME) : name;
        return "attachment; filename=\"" + cut.replaceAll("[^A-Za-z0-9._-]", "_") + "\"; filename*=UTF-8''"
                + percent(cut);
    }

    private static String percent(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (next & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-');
            encoded.append(plain ? String.valueOf(c) : "%" + HexFormat.of().withUpperCase().toHexDigits(next));
        }
        return encoded.toString();
    }

    /** Whether {@code If-None-Match} has the tag, weakly compared (RFC 9110 section 13.1.2). */
    static boolean matches(String ifNoneMatch, String tag) {
        String bare = tag.startsWith("W/") ? tag.substring(2) : tag;
        for (String item : ifNoneMatch.split(",", -1)) {
            String given = item.strip();
            if (given.equals("*") || (given.startsWith("W/") ? given.substring(2) : given).equals(bare)) {
                return true;
            }
        }
        return false;
    }
}
