package io.pinfold.api.gateway;

import io.pinfold.api.http.Call;
import io.pinfold.api.http.Reply;
import io.pinfold.multiformats.Cid;
import java.util.Locale;

/** Answers for what is not here. */
final class Missing {

    private Missing() {}

    /** 404, or 412 to who asked with {@code only-if-cached}. */
    static Reply of(Call call, Cid cid) {
        boolean onlyIfCached = call.request()
                .header("Cache-Control")
                .filter(value -> value.toLowerCase(Locale.ROOT).contains("only-if-cached"))
                .isPresent();
        return Answers.refusal(onlyIfCached ? 412 : 404, "block " + cid + " is not here, and is not fetched");
    }
}
