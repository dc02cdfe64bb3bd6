package io.pinfold.cli.service;

/** Tells where a JSON value ends, by counting brackets outside of texts; what is no JSON ends with its line. */
final class JsonEnd {

    private int depth;
    private boolean inText;
    private boolean escaped;

    /** Whether the value ends with {@code next}, its next byte. */
    boolean isAfter(int next) {
        if (inText) {
            inText = escaped || next != '"';
            escaped = !escaped && next == '\\';
            return false;
        }
        switch (next) {
            case '"' -> inText = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                return depth <= 0;
            }
            default -> {
                return depth == 0 && next == '\n';
            }
        }
        return false;
    }
}
