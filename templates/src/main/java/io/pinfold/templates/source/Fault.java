package io.pinfold.templates.source;

/** Why no template came, and so who can help. */
public enum Fault {

    /** The domain is not known to the name servers. */
    DOMAIN_UNKNOWN(Party.NETWORK,
            "the name servers do not know this host; check the spelling and this machine's network"),
    /** The web server does not answer. */
    SERVER_UNREACHABLE(Party.NETWORK, "nobody answers there; check this machine's network, or try again later"),
    /** The web server cannot prove who it is. */
    SERVER_NOT_PROVEN(Party.SERVER, "the server cannot prove who it is; do not join through it, and tell its owner"),
    /** The web server answered with an error. */
    SERVER_ERROR(Party.SERVER, "the server is there and has no template for us; check the address, or tell its owner"),
    /** The web server leads to a place that templates are not taken from. */
    BAD_REDIRECT(Party.SERVER, "the server leads to a place that templates are not taken from; tell its owner"),
    /** The IPFS node does not answer. */
    IPFS_NODE_AWAY(Party.IPFS_NODE,
            "your IPFS node does not answer; start it (ipfs daemon), or name it with --pinning"),
    /** The IPFS node answers with an error. */
    IPFS_NODE_ERROR(Party.IPFS_NODE, "your IPFS node failed; look into its log"),
    /** Nobody tells what the IPNS name means. */
    NAME_NOT_FOUND(Party.PUBLISHER,
            "your IPFS node works, and finds nobody who knows this name; the publisher must keep an"
                    + " IPFS node online, and yours must reach it (ipfs swarm connect)"),
    /** The domain has no DNSLink record, or it could not be asked for. */
    DOMAIN_LINK_NOT_FOUND(Party.PUBLISHER,
            "your IPFS node works, and the domain has no DNSLink record that it can see; tell its"
                    + " owner, or ask for the /ipns/k51… name"),
    /** Nobody has the content. */
    CONTENT_NOT_FOUND(Party.PUBLISHER,
            "your IPFS node works, and finds nobody who has this file; the publisher must keep it"
                    + " pinned on an IPFS node that yours can reach (ipfs swarm connect)"),
    /** The content is no file, or too large a one. */
    NO_FILE(Party.PUBLISHER,
            "what is there is no file of a template's size; check the address, or tell the publisher"),
    /** The file on this machine cannot be read. */
    FILE_UNREADABLE(Party.YOU, "check the path and its permissions"),
    /** What came is larger than a template may be. */
    TOO_LARGE(Party.PUBLISHER, "what is there is too large for a template; check the address, or tell the publisher"),
    /** It took too long. */
    TOO_SLOW(Party.NETWORK, "it did not come in time; try again later"),
    /** What came is no template. */
    NO_TEMPLATE(Party.PUBLISHER, "what is there is no template of Pinfold; check the address, or tell the publisher");

    /** Who can help. */
    public enum Party {
        /** Whoever typed the command. */
        YOU,
        /** Whoever runs the network between, name servers among it. */
        NETWORK,
        /** The owner of the IPFS node that this peer uses. */
        IPFS_NODE,
        /** The owner of the web server. */
        SERVER,
        /** Whoever publishes the template. */
        PUBLISHER
    }

    private final Party party;
    private final String advice;

    Fault(Party party, String advice) {
        this.party = party;
        this.advice = advice;
    }

    /** Who can help. */
    public Party party() {
        return party;
    }

    /** What to do, in a sentence. */
    public String advice() {
        return advice;
    }
}
