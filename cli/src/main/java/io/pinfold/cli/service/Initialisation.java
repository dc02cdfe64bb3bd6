package io.pinfold.cli.service;

import io.pinfold.chain.core.Genesis;
import io.pinfold.chain.core.codec.GenesisCodec;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.Values;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.config.ServiceFileText;
import io.pinfold.follower.config.folder.ConfigFolder;
import io.pinfold.follower.config.folder.FolderLock;
import io.pinfold.follower.config.folder.SwarmKeyFile;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.templates.Template;
import io.pinfold.templates.TemplateCheck;
import io.pinfold.templates.source.LoadResult;
import io.pinfold.templates.source.TemplateLoader;
import io.pinfold.templates.source.TemplateSource;
import io.pinfold.trust.Identity;
import io.pinfold.trust.IdentityFile;
import io.pinfold.trust.KeySet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a peer's folder, or takes a newer template of its cluster.
 *
 * <p>The genesis is written last: a folder with one is whole. It is never written again.
 */
public final class Initialisation {

    private static final Duration FETCH_LIMIT = Duration.ofSeconds(60);

    private final Console console;
    private final PeerFolder folder;
    private final List<String> options;
    private final Optional<SwarmKeyFile> network;
    private final SecureRandom random = new SecureRandom();

    /**
     * For {@code folder}.
     *
     * @param options {@code section.key=value}, which go into its configuration file
     * @param network the key of a private network that the peer is to be in, which is copied
     */
    public Initialisation(Console console, PeerFolder folder, List<String> options, Optional<Path> network) {
        this.console = console;
        this.folder = folder;
        this.options = List.copyOf(options);
        this.network = network.map(SwarmKeyFile::new);
    }

    /** A peer of a new cluster that trusts this peer's key and {@code others}. */
    ClusterCard found(String name, List<PeerId> others) throws Complaint {
        folder.requireRoom();
        new Configuration(console, folder).load(Optional.empty(), options);
        Optional<Bytes> key = networkKey();
        ConfigFolder opened = folder.create();
        try (FolderLock _ = PeerFolder.lock(opened)) {
            Optional<Genesis> existing = folder.genesis();
            if (existing.isPresent()) {
                throw new Complaint("error: " + folder.path() + " already holds a peer of the cluster "
                        + GenesisCodec.chainId(existing.get()) + "; take another --config for a new cluster",
                        ServiceExit.OTHER_CLUSTER);
            }
            Identity identity = identity();
            List<PeerId> keys = new ArrayList<>(others);
            keys.add(identity.id());
            Genesis genesis = genesis(name, keys);
            settings(opened);
            write(opened, key);
            PeerFolder.write(opened, ConfigFolder.GENESIS, GenesisCodec.encode(genesis));
            return new ClusterCard(identity.id(), genesis, folder.path());
        }
    }

    /** A peer of the cluster whose template is at {@code source}; none but {@code expected}, if that is named. */
    public ClusterCard join(String source, Optional<Cid> expected) throws Complaint {
        folder.requireRoom();
        PeerConfig config = new Configuration(console, folder).load(Optional.empty(), options).config();
        Optional<Bytes> key = networkKey();
        LoadResult.Loaded loaded = load(source, config);
        Template template = loaded.template();
        judge(template, expected);
        new Configuration(console, folder).load(Optional.of(template), options);
        ConfigFolder opened = folder.create();
        try (FolderLock _ = PeerFolder.lock(opened)) {
            judge(template, expected);
            Identity identity = identity();
            settings(opened);
            write(opened, key);
            PeerFolder.write(opened, ConfigFolder.TEMPLATE, loaded.json());
            if (folder.genesis().isEmpty()) {
                PeerFolder.write(opened, ConfigFolder.GENESIS, template.genesisBytes());
            }
            return new ClusterCard(identity.id(), template.genesis(), folder.path());
        }
    }

    private LoadResult.Loaded load(String text, PeerConfig config) throws Complaint {
        TemplateSource source = Values.of("--template " + text, TemplateSource.parse(text), ServiceExit.USAGE);
        return IpfsNodes.use(config, network.orElse(folder.swarmKey()), console.clock(),
                node -> switch (new TemplateLoader(node, FETCH_LIMIT).load(source)) {
                    case LoadResult.Loaded loaded -> loaded;
                    case LoadResult.Failed failed ->
                        throw new Complaint("error: no template: " + failed.sentence(), ServiceExit.TEMPLATE);
                });
    }

    /** What is to be in the folder's key file; empty if nobody named one. */
    private Optional<Bytes> networkKey() throws Complaint {
        if (network.isEmpty()) {
            return Optional.empty();
        }
        Path file = network.get().path();
        Bytes key = Values.of("--swarm-key " + file, network.get().copy(), ServiceExit.USAGE);
        if (folder.swarmKey().copy() instanceof Decoded.Ok<Bytes>(Bytes there) && !there.equals(key)) {
            throw new Complaint("error: " + folder.swarmKey().path() + " is another key than " + file
                    + "; remove it to move the peer into the other network", ServiceExit.CONFIGURATION);
        }
        return Optional.of(key);
    }

    private static void write(ConfigFolder opened, Optional<Bytes> key) throws Complaint {
        if (key.isPresent()) {
            PeerFolder.write(opened, ConfigFolder.SWARM_KEY, key.get());
        }
    }

    private void judge(Template template, Optional<Cid> expected) throws Complaint {
        Optional<Cid> remembered = folder.genesis().map(GenesisCodec::chainId);
        switch (new TemplateCheck(remembered, expected).judge(template)) {
            case TemplateCheck.Verdict.First _,TemplateCheck.Verdict.Same _ -> {
            }
            case TemplateCheck.Verdict.NotExpected(Cid wanted, Cid offered) -> throw new Complaint(
                    "error: the template is of the cluster " + offered + ", and --expect-cluster names " + wanted
                            + "; nothing was written",
                    ServiceExit.OTHER_CLUSTER);
            case TemplateCheck.Verdict.OtherCluster(Cid bound, Cid offered) -> throw new Complaint(
                    "error: the template is of the cluster " + offered + ", and " + folder.path()
                            + " belongs to the cluster " + bound
                            + " for good; take another --config to join another cluster",
                    ServiceExit.OTHER_CLUSTER);
        }
    }

    private Identity identity() throws Complaint {
        Optional<Identity> existing = folder.identity();
        if (existing.isPresent()) {
            return existing.get();
        }
        Identity identity = Identity.generate(random);
        try {
            new IdentityFile(folder.path().resolve(ConfigFolder.IDENTITY)).create(identity);
        } catch (IOException e) {
            throw new Complaint("error: the identity cannot be written into " + folder.path() + ": " + e.getMessage(),
                    ServiceExit.FOLDER_UNUSABLE);
        }
        return identity;
    }

    private Genesis genesis(String name, List<PeerId> keys) throws Complaint {
        byte[] nonce = new byte[Genesis.NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            return Genesis.of(name, Bytes.copyOf(nonce), KeySet.of(keys));
        } catch (IllegalArgumentException e) {
            throw new Complaint("error: no such cluster can be made: " + e.getMessage(), ServiceExit.USAGE);
        }
    }

    /** Writes the options into the configuration file, which is not touched if it is there. */
    private void settings(ConfigFolder opened) throws Complaint {
        if (Files.exists(opened.resolve(ConfigFolder.SERVICE))) {
            if (!options.isEmpty()) {
                throw new Complaint("error: " + opened.resolve(ConfigFolder.SERVICE)
                        + " is there and is not changed by --set or --pinning; edit it, or give --set to the daemon",
                        ServiceExit.CONFIGURATION);
            }
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            values.put(option.substring(0, equals).strip(), option.substring(equals + 1));
        }
        String text = ServiceFileText.of(new Configuration(console, folder).schema(), values);
        PeerFolder.write(opened, ConfigFolder.SERVICE, Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
    }
}
