package io.pinfold.cli.console;

/** Ends a command: a sentence for people, and the exit code. Thrown only below a command's {@code call}. */
public final class Complaint extends Exception {

    private static final long serialVersionUID = 1;

    private final String sentence;
    private final int exitCode;

    /** Ends with {@code exitCode} after saying {@code sentence}, which begins with {@code error}. */
    public Complaint(String sentence, int exitCode) {
        super(sentence, null, false, false);
        this.sentence = sentence;
        this.exitCode = exitCode;
    }

    /** What to say. */
    public String sentence() {
        return sentence;
    }

    /** What to end with. */
    public int exitCode() {
        return exitCode;
    }
}
