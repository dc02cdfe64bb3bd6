package io.pinfold.api.kubo;

import io.pinfold.api.http.Reply;
import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;

/** Ends a command with a reply that says why. */
final class CommandException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Reply reply;

    private CommandException(String message, Reply reply) {
        super(message, null, false, false);
        this.reply = reply;
    }

    /** The request is wrong: 400. */
    static CommandException bad(String message) {
        return new CommandException(message, KuboReplies.text(400, message));
    }

    /** The command failed: 500. */
    static CommandException failed(String message) {
        return new CommandException(message, KuboReplies.error(message));
    }

    /** The value, or its failure thrown. */
    static <T> T orFail(Answer<T> answer) throws CommandException {
        return switch (answer) {
            case Answer.Got<T>(T value) -> value;
            case Answer.Failed<T>(BackendFailure failure) -> throw failed(failure.detail());
        };
    }

    Reply reply() {
        return reply;
    }

    /** The same where a body may have begun. */
    Reply.Stream.Failure asFailure() {
        return new Reply.Stream.Failure(reply, String.valueOf(getMessage()));
    }
}
