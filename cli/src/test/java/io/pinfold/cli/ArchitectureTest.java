package io.pinfold.cli;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The arrows between the modules, and which foreign libraries stay behind which package. */
class ArchitectureTest {

    private static final String ROOT = "io.pinfold.";
    private static final Set<String> ALL_BUT_CLI = Set.of("multiformats", "libp2p", "ipfs", "ipfsnode", "trust",
            "chain",
            "rpc", "templates", "follower");

    /** What each module may depend on, by the package below {@code io.pinfold}. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("multiformats", Set.of()),
            Map.entry("libp2p", Set.of("multiformats")),
            Map.entry("ipfs", Set.of("multiformats")),
            Map.entry("ipfsnode", Set.of("multiformats", "libp2p", "ipfs")),
            Map.entry("trust", Set.of("multiformats")),
            Map.entry("chain", Set.of("multiformats", "trust")),
            Map.entry("rpc", Set.of("multiformats", "libp2p", "trust")),
            Map.entry("templates", Set.of("multiformats", "trust", "chain", "ipfs")),
            Map.entry("follower", ALL_BUT_CLI),
            Map.entry("api", Set.of("follower", "multiformats", "ipfs", "ipfsnode")),
            Map.entry("testkit", Set.of()),
            Map.entry("cli", Set.of("api", "follower", "templates", "trust", "multiformats", "chain", "ipfs")));

    private static final JavaClasses CLASSES = classes();

    private static JavaClasses classes() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // names are enough, and it is quick
        return new ClassFileImporter().withImportOption(new DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.pinfold");
    }

    static Set<String> modules() {
        return new TreeSet<>(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modules_depend_only_on_what_the_design_allows(String module) {
        Set<String> allowed = new TreeSet<>(ARROWS.getOrDefault(module, Set.of()));
        allowed.add(module);
        String[] forbidden = modules().stream()
                .filter(other -> !allowed.contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        noClasses().that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void every_class_belongs_to_a_module_that_the_table_knows() {
        Set<String> found = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
        assertThat(found).isSubsetOf(ARROWS.keySet()).contains("multiformats", "api", "follower");
    }

    /** The two arrows that design section 2 has not: decision 0071. */
    @Test
    void of_chain_and_ipfs_the_programs_see_what_templates_are_made_of_only() {
        noClasses().that()
                .resideInAPackage("io.pinfold.cli..")
                .and()
                .resideOutsideOfPackage("io.pinfold.cli.service..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pinfold.chain..", "io.pinfold.ipfs..")
                .check(CLASSES);
        noClasses().that()
                .resideInAPackage("io.pinfold.cli.service..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pinfold.chain", "io.pinfold.chain.store..", "io.pinfold.chain.core.verify..",
                        "io.pinfold.chain.core.tree..", "io.pinfold.chain.core.intake..",
                        "io.pinfold.chain.core.head..", "io.pinfold.ipfs.*..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** The arrows from the API to the embedded node that design section 2 has not: decision 0099. */
    @Test
    void of_the_embedded_node_its_doors_see_the_view_only() {
        noClasses().that()
                .resideInAPackage("io.pinfold.api..")
                .and()
                .resideOutsideOfPackages("io.pinfold.api.kubo..", "io.pinfold.api.gateway..", "io.pinfold.api.doors..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pinfold.ipfsnode..", "io.pinfold.ipfs..")
                .check(CLASSES);
        noClasses().that()
                .resideInAPackage("io.pinfold.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pinfold.ipfsnode.node..", "io.pinfold.ipfsnode.store..",
                        "io.pinfold.ipfsnode.dag..", "io.pinfold.ipfsnode.fetch..", "io.pinfold.ipfsnode.bitswap..",
                        "io.pinfold.ipfsnode.ipns..", "io.pinfold.ipfs.*..")
                .check(CLASSES);
    }

    @Test
    void packages_of_the_api_have_no_cycles() {
        slices().matching("io.pinfold.api.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_way_http_is_written_is_known_to_its_package_and_the_server_only() {
        noClasses().that()
                .resideInAnyPackage("io.pinfold.api.rest..", "io.pinfold.api.json..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pinfold.api.wire..")
                .check(CLASSES);
    }

    @Test
    void libraries_stay_behind_their_modules() {
        only("org.bouncycastle..", "io.pinfold.multiformats..", "io.pinfold.libp2p..");
        only("org.conscrypt..", "io.pinfold.multiformats..");
        only("org.rocksdb..", "io.pinfold.ipfsnode.store..");
        only("org.mapdb..", "io.pinfold.chain.store..");
        only("com.google.protobuf..", "io.pinfold.multiformats..", "io.pinfold.libp2p..", "io.pinfold.ipfsnode..");
        only("org.apache.hc..", "io.pinfold.ipfs..", "io.pinfold.ipfsnode..", "io.pinfold.templates..");
        only("picocli..", "io.pinfold.cli..");
    }

    private static void only(String library, String... packages) {
        noClasses().that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void the_chain_core_is_pure() {
        noClasses().that()
                .resideInAPackage("io.pinfold.chain.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "java.util.logging..")
                .check(CLASSES);
    }

    /** So a clock that jumps is nothing to them; names, whose records have dates, are in {@code ipns}. */
    @Test
    void blocks_pins_and_fetches_do_not_know_what_time_it_is() {
        noClasses().that()
                .resideInAnyPackage("io.pinfold.ipfsnode.store..", "io.pinfold.ipfsnode.pins..",
                        "io.pinfold.ipfsnode.fetch..", "io.pinfold.ipfsnode.bitswap..", "io.pinfold.ipfsnode.dag..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Instant.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    /** Stopping on a signal ends the process too: the JVM leaves no other way to choose the exit code then. */
    @Test
    void only_main_and_the_stop_signal_end_the_process() {
        noClasses().that()
                .haveSimpleNameNotEndingWith("Main")
                .and()
                .doNotHaveSimpleName("StopSignal")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
