package io.pinfold.api.http;

/** Answers the requests of one route; called by many threads at once, may block. */
@FunctionalInterface
public interface Handler {

    /** The reply to {@code call}; what is thrown becomes a 500 and is logged. */
    Reply handle(Call call);
}
