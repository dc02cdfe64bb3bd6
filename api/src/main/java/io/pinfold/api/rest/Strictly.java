package io.pinfold.api.rest;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Handler;
import io.pinfold.api.http.Reply;

/** A handler whose parameters may turn out bad; nothing is done then. */
@FunctionalInterface
interface Strictly {

    /** The reply, or which parameter is bad. */
    Reply handle(Call call) throws BadParameterException;

    /** A handler that answers 400 for bad parameters. */
    static Handler of(Strictly handler) {
        return call -> {
            try {
                return handler.handle(call);
            } catch (BadParameterException e) {
                return Reply.problem(400, e.sentence());
            }
        };
    }
}
