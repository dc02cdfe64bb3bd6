package io.pinfold.follower.offline;

/** The stores of a folder cannot be opened or written; the message is a sentence for people. */
public final class FolderUnusableException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says {@code sentence}. */
    public FolderUnusableException(String sentence) {
        super(sentence);
    }

    /** What is wrong. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
