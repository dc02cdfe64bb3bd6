package io.pinfold.multiformats;

import java.util.Arrays;

/** IP addresses in text: dotted quads, and IPv6 by RFC 4291, printed as RFC 5952 asks. Never asks a name server. */
final class IpText {

    private static final int GROUPS = 8;

    private IpText() {}

    static Bytes parse4(String text) throws RefusalException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw malformed("IPv4", text);
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            address[i] = (byte) digits(parts[i], 10, 3, 255, text);
            if (parts[i].length() > 1 && parts[i].startsWith("0")) {
                throw malformed("IPv4", text);
            }
        }
        return Bytes.copyOf(address);
    }

    static String format4(Bytes address) {
        return Byte.toUnsignedInt(address.get(0)) + "." + Byte.toUnsignedInt(address.get(1)) + "."
                + Byte.toUnsignedInt(address.get(2)) + "." + Byte.toUnsignedInt(address.get(3));
    }

    static Bytes parse6(String text) throws RefusalException {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = groups(text, text);
            if (groups.length != GROUPS) {
                throw malformed("IPv6", text);
            }
            return toBytes(groups);
        }
        int[] before = groups(text.substring(0, gap), text);
        int[] after = groups(text.substring(gap + 2), text);
        if (before.length + after.length >= GROUPS || text.substring(0, gap).contains(".")) {
            throw malformed("IPv6", text);
        }
        int[] groups = Arrays.copyOf(before, GROUPS);
        System.arraycopy(after, 0, groups, GROUPS - after.length, after.length);
        return toBytes(groups);
    }

    private static int[] groups(String part, String text) throws RefusalException {
        if (part.isEmpty()) {
            return new int[0];
        }
        String[] fields = part.split(":", -1);
        if (fields.length > GROUPS) {
            throw malformed("IPv6", text);
        }
        boolean quad = fields[fields.length - 1].contains(".");
        int[] groups = new int[fields.length + (quad ? 1 : 0)];
        for (int i = 0; i < fields.length - (quad ? 1 : 0); i++) {
            groups[i] = digits(fields[i], 16, 4, 0xffff, text);
        }
        if (quad) {
            Bytes tail = parse4(fields[fields.length - 1]);
            groups[groups.length - 2] = Short.toUnsignedInt(tail.toBuffer().getShort(0));
            groups[groups.length - 1] = Short.toUnsignedInt(tail.toBuffer().getShort(2));
        }
        return groups;
    }

    private static Bytes toBytes(int[] groups) {
        byte[] address = new byte[16];
        for (int i = 0; i < GROUPS; i++) {
            address[2 * i] = (byte) (groups[i] >>> 8);
            address[2 * i + 1] = (byte) groups[i];
        }
        return Bytes.copyOf(address);
    }

    static String format6(Bytes address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Short.toUnsignedInt(address.toBuffer().getShort(2 * i));
        }
        if (Arrays.equals(groups, 0, 6, new int[]{0, 0, 0, 0, 0, 0xffff}, 0, 6)) {
            return "::ffff:" + format4(address.slice(12, 16));
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gap = i;
                gapLength = end - i;
            }
        }
        if (gap < 0) {
            return join(groups, 0, GROUPS);
        }
        return join(groups, 0, gap) + "::" + join(groups, gap + gapLength, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static int digits(String field, int radix, int maxLength, int max, String text) throws RefusalException {
        int value = 0;
        if (field.isEmpty() || field.length() > maxLength) {
            throw malformed("IP", text);
        }
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                throw malformed("IP", text);
            }
            value = value * radix + digit;
        }
        if (value > max) {
            throw malformed("IP", text);
        }
        return value;
    }

    private static RefusalException malformed(String family, String text) {
        return new RefusalException(Refusal.Kind.MALFORMED, "no " + family + " address: " + AddressValue.excerpt(text));
    }
}
