package io.pinfold.templates.json;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.templates.SuggestedSettings;
import io.pinfold.templates.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the members of a template mean. */
final class TemplateReader {

    private static final int MAX_SETTINGS = 64;

    private TemplateReader() {}

    static Template read(Bytes json) throws RefusalException {
        Members members = new Members(StrictJson.object(json, TemplateJson.MAX_BYTES));
        int version = members.number("pinfold_template");
        if (version != TemplateJson.VERSION) {
            throw new RefusalException(Kind.UNSUPPORTED, "version " + version + " of the format; this program knows "
                    + TemplateJson.VERSION);
        }
        Bytes genesisBytes = in("genesis", Multibase.decode(members.text("genesis")));
        Genesis genesis = in("genesis", GenesisCodec.decode(genesisBytes));
        requireCluster(in("cluster", Cid.parse(members.text("cluster"))), genesis);
        requireName(members.text("name"), genesis);
        List<Multiaddr> bootstrap = addresses("bootstrap", members);
        List<Multiaddr> ipfs = addresses("ipfs", members);
        Map<String, String> settings = settings(members);
        members.requireNoOther();
        return new Template(genesis, bootstrap, ipfs, settings);
    }

    private static void requireCluster(Cid said, Genesis genesis) throws RefusalException {
        Cid is = GenesisCodec.chainId(genesis);
        if (!said.equals(is)) {
            throw new RefusalException(Kind.MALFORMED, "\"cluster\" is " + said + ", and the genesis is that of " + is);
        }
    }

    private static void requireName(String said, Genesis genesis) throws RefusalException {
        if (!said.equals(genesis.name())) {
            throw new RefusalException(Kind.MALFORMED, "\"name\" is another than the genesis has");
        }
    }

    private static List<Multiaddr> addresses(String name, Members members) throws RefusalException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String text : members.texts(name, Template.MAX_ADDRESSES)) {
            Multiaddr address = in(name, Multiaddr.parse(text));
            if (address.peerId().isEmpty()) {
                throw new RefusalException(Kind.MALFORMED,
                        "an address of \"" + name + "\" does not end with /p2p/PEER");
            }
            addresses.add(address);
        }
        return addresses;
    }

    private static Map<String, String> settings(Members members) throws RefusalException {
        Map<String, String> settings = members.entries("settings", MAX_SETTINGS);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (!SuggestedSettings.KEYS.contains(setting.getKey())) {
                throw new RefusalException(Kind.UNSUPPORTED, "a template cannot set \"" + setting.getKey() + '"');
            }
            if (setting.getValue().length() > SuggestedSettings.MAX_VALUE) {
                throw new RefusalException(Kind.TOO_LONG, "the value of \"" + setting.getKey() + '"');
            }
        }
        return settings;
    }

    private static <T> T in(String member, Decoded<T> decoded) throws RefusalException {
        return switch (decoded) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Refused<T>(Refusal refusal) ->
                throw new RefusalException(refusal.kind(), '"' + member + "\": " + refusal.detail());
        };
    }
}
