// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Action;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.plugins.samples.AllOnFirst;
import eu.nephele.smo.core.plugins.samples.FailingComponent;
import eu.nephele.smo.core.plugins.samples.Throwing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The list "Bad input" of bundles and files: refused soon, with a reason, and nothing of it ever ran. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionExceptionTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path data;

    private Server server;

    @BeforeAll
    void start() throws Exception {
        server = Server.start(data);
        server.upload(Jar.plugin("acme.bystander", "1.0.0"));
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private static Jar bad(String what) {
        return Jar.plugin("bad." + what, "1.0.0");
    }

    /** Bundles that can be read, with the rule that refuses them and its message. */
    static Stream<Arguments> bundles() {
        return Stream.of(
                Arguments.of(
                        "missing",
                        bad("missing").header("Import-Package", Jar.IMPORTS + ",com.acme.lib;version=\"[1,2)\""),
                        "imports",
                        "needs the package com.acme.lib, which no bundle here exports"),
                Arguments.of(
                        "newer",
                        bad("newer")
                                .header(
                                        "Import-Package",
                                        Jar.IMPORTS.replace("model;version=\"[0.1,1)", "model;version=\"[7,8)")),
                        "imports",
                        "model [7.0.0,8.0.0), this server has 0.1.0"),
                Arguments.of(
                        "rangeless",
                        bad("rangeless")
                                .header("Import-Package", Jar.IMPORTS.replace("model;version=\"[0.1,1)\"", "model")),
                        "imports",
                        "without a version range"),
                Arguments.of(
                        "contract",
                        bad("contract")
                                .header(
                                        "Import-Package",
                                        Jar.IMPORTS + ",eu.nephele.smo.core.contract.plugin;version=\"[0.1,1)\""),
                        "imports",
                        "internal to this server"),
                Arguments.of(
                        "capability",
                        bad("capability").header("Require-Capability", "com.acme.gpu;filter:=\"(size>=2)\""),
                        "imports",
                        "com.acme.gpu"),
                Arguments.of(
                        "exports",
                        bad("exports").header("Export-Package", "com.acme.lib;version=1"),
                        "exports",
                        "exports com.acme.lib"),
                Arguments.of(
                        "spi",
                        bad("spi").header("Export-Package", "eu.nephele.smo.api.placement;version=0.2"),
                        "exports",
                        "into the packages of this server"),
                Arguments.of(
                        "fragment",
                        bad("fragment")
                                .header("Fragment-Host", "eu.nephele.smo.core.engine")
                                .header("Bundle-Activator", ""),
                        "fragment",
                        "fragment of eu.nephele.smo.core.engine"),
                Arguments.of(
                        "extension",
                        bad("extension")
                                .header("Fragment-Host", "system.bundle;extension:=framework")
                                .header("Bundle-Activator", ""),
                        "fragment",
                        "system.bundle"),
                Arguments.of(
                        "requires",
                        bad("requires").header("Require-Bundle", "eu.nephele.smo.core.engine"),
                        "wiring",
                        "requires the bundle"),
                Arguments.of(
                        "dynamic",
                        bad("dynamic").header("DynamicImport-Package", "*"),
                        "wiring",
                        "imports dynamically"),
                Arguments.of(
                        "dynamicOurs",
                        bad("dynamicOurs").header("DynamicImport-Package", "org.foo,eu.nephele.*"),
                        "wiring",
                        "imports dynamically"),
                Arguments.of(
                        "native",
                        bad("native")
                                .header("Bundle-NativeCode", "lib/x.so;osname=linux")
                                .entry("lib/x.so", "elf"),
                        "native",
                        "native code"),
                Arguments.of(
                        "dynamicLower",
                        bad("dynamicLower").header("dynamicimport-package", "*"),
                        "wiring",
                        "imports dynamically"),
                Arguments.of(
                        "requiresLower",
                        bad("requiresLower").header("REQUIRE-bundle", "eu.nephele.smo.core.contract"),
                        "wiring",
                        "requires the bundle"),
                Arguments.of(
                        "exportsLower",
                        bad("exportsLower").header("export-package", "com.acme.lib;version=1"),
                        "exports",
                        "exports com.acme.lib"),
                Arguments.of(
                        "nativeLower",
                        bad("nativeLower").header("bundle-nativecode", "lib/x;osname=linux"),
                        "native",
                        "native code"),
                Arguments.of(
                        "fragmentLower",
                        bad("fragmentLower")
                                .header("fragment-host", "system.bundle;extension:=framework")
                                .header("Bundle-Activator", ""),
                        "fragment",
                        "system.bundle"),
                Arguments.of(
                        "wildcard",
                        bad("wildcard")
                                .header(
                                        "Require-Capability",
                                        "osgi.wiring.package;filter:=\"(osgi.wiring.package=e*.smo.core.contract.plugin)\""),
                        "bundle",
                        "cannot use Require-Capability for 'osgi.wiring.package'"),
                Arguments.of(
                        "embedded",
                        bad("embedded")
                                .header("Bundle-ClassPath", ".,/lib/fast.jar")
                                .entry(
                                        "lib/fast.jar",
                                        Jar.zip().entry("libfast.so", "elf").bytes()),
                        "native",
                        "libfast.so"),
                Arguments.of(
                        "library", bad("library").entry("lib/linux/libfast.so.1", "elf"), "native", "libfast.so.1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bundles")
    void aBundleThatIsNotAllowedIsRefusedByUpload(String what, Jar jar, String rule, String says) throws Exception {
        long begin = System.nanoTime();
        Operation operation =
                server.desk().install(server.temporary(jar.bytes()), what, InstallSource.REST, RequestOrigin.INTERNAL);
        assertThat(operation.state()).as("known at once").isEqualTo(Operation.State.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        assertThat(operation.error().orElseThrow().message()).contains(rule, says);
        assertThat(operation.steps().get(0))
                .satisfies(step -> assertThat(step.action()).isEqualTo(Action.ADMIT))
                .satisfies(step -> assertThat(step.state()).isEqualTo(Operation.StepState.FAILED));
        Plugin plugin = server.desk().versions("bad." + what).get(0);
        assertThat(plugin.state()).isEqualTo(PluginState.REFUSED);
        assertThat(plugin.admission())
                .anySatisfy(finding -> assertThat(finding.rule()).isEqualTo(rule));
        leavesNothing("bad." + what);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bundles")
    void aBundleThatIsNotAllowedIsRefusedInTheFolder(String what, Jar jar, String rule, String says) throws Exception {
        server.desk().versions("bad." + what).forEach(plugin -> server.remove("bad." + what, true));
        Path file = jar.into(server.folder().resolve(what + ".jar"));
        Plugin plugin = server.awaits("bad." + what, PluginState.REFUSED);
        assertThat(plugin.why()).contains(rule, says);
        assertThat(file).as("what is not ours to delete stays").exists();
        assertThat(server.bundle("bad." + what, "1.0.0")).isEmpty();
        Files.delete(file);
        server.awaitGone("bad." + what);
        leavesNothing("bad." + what);
    }

    private void leavesNothing(String id) throws IOException {
        assertThat(Server.hasRun(id)).as("its code never ran").isFalse();
        assertThat(server.bundle(id, "1.0.0")).isEmpty();
        try (Stream<Path> files = Files.list(server.folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(id));
        }
        server.await(() -> data.resolve("tmp").toFile().list().length == 0, "something stays in the folder tmp");
        assertThat(server.isUsed("acme.bystander", "1.0.0")).isTrue();
    }

    /** Files that are no plugin at all. */
    static Stream<Arguments> files() {
        byte[] good = bad("file").bytes();
        byte[] bomb = new byte[6 << 20];
        Jar crowd = bad("crowd");
        for (int i = 0; i < 300; i++) {
            crowd.entry("e" + i, "");
        }
        return Stream.of(
                Arguments.of("empty", new byte[0], "no complete jar or zip (0 bytes)"),
                Arguments.of("text", "this is no zip\n".repeat(10).getBytes(StandardCharsets.UTF_8), "no complete jar"),
                Arguments.of("half", Arrays.copyOf(good, good.length / 2), "no complete jar"),
                Arguments.of("tail", Arrays.copyOf(good, good.length - 3), "no complete jar"),
                Arguments.of("damaged", damaged(good), "damaged"),
                Arguments.of("nobundle", Jar.zip().entry("readme.txt", "hello").bytes(), "no META-INF/MANIFEST.MF"),
                Arguments.of(
                        "plainjar",
                        Jar.empty("x", "1").header("Bundle-SymbolicName", "").bytes(),
                        "no Bundle-SymbolicName"),
                Arguments.of(
                        "versionless",
                        Jar.empty("x", "1").header("Bundle-Version", "").bytes(),
                        "no Bundle-Version"),
                Arguments.of("oddversion", Jar.empty("x", "one").bytes(), "invalid Bundle-Version 'one'"),
                Arguments.of(
                        "dots", Jar.empty("..", "1").bytes(), "no Bundle-SymbolicName as OSGi defines it, but '..'"),
                Arguments.of("hidden", Jar.empty(".x", "1").bytes(), "but '.x'"),
                Arguments.of("lastdot", Jar.empty("x.", "1").bytes(), "but 'x.'"),
                Arguments.of("longname", Jar.empty("x".repeat(161), "1").bytes(), "at most 160"),
                Arguments.of(
                        "longversion", Jar.empty("x", "1.0.0." + "q".repeat(60)).bytes(), "at most 60"),
                Arguments.of(
                        "dotfeature",
                        Jar.zip()
                                .entry("feature.json", "{\"id\":\"..:..:1\"}")
                                .entry("bundles/a.jar", bad("file").bytes())
                                .bytes(),
                        "feature.json has no id"),
                Arguments.of(
                        "twomanifests",
                        bad("file")
                                .entry("META-INF/Manifest.mf", "Manifest-Version: 1.0\n")
                                .bytes(),
                        "META-INF/Manifest.mf, which some take for part of META-INF"),
                Arguments.of(
                        "lowermeta",
                        bad("file").entry("meta-inf/x.SF", "x").bytes(),
                        "meta-inf/x.SF, which some take for part of META-INF"),
                Arguments.of(
                        "folder", bad("file").entry("com/acme/X.class/", "code").bytes(), "a folder with content"),
                Arguments.of(
                        "twice",
                        Jar.zip()
                                .entry("META-INF/MANIFEST.MF", manifest("import-package: a\r\n"))
                                .bytes(),
                        "has the header import-package twice"),
                Arguments.of(
                        "lonereturn",
                        Jar.zip()
                                .entry("META-INF/MANIFEST.MF", manifest("X: y\rz: w\r\n"))
                                .bytes(),
                        "a control character in its manifest"),
                Arguments.of(
                        "blank",
                        Jar.zip()
                                .entry("META-INF/MANIFEST.MF", manifest("\r\n Export-Package: a\r\n"))
                                .bytes(),
                        "begins with a space and continues none"),
                Arguments.of(
                        "unended",
                        Jar.zip()
                                .entry("META-INF/MANIFEST.MF", manifest("Export-Package: a"))
                                .bytes(),
                        "whose last line has no end"),
                Arguments.of("twolists", twoLists(good), "two central directories"),
                Arguments.of("oddname", Jar.empty("../x", "1").bytes(), "no Bundle-SymbolicName"),
                Arguments.of(
                        "traversal", bad("file").entry("../../etc/passwd", "x").bytes(), "leads out of the archive"),
                Arguments.of("inner", bad("file").entry("a/../../b", "x").bytes(), "leads out of the archive"),
                Arguments.of("absolute", bad("file").entry("/etc/passwd", "x").bytes(), "absolute name"),
                Arguments.of("windows", bad("file").entry("C:\\x", "x").bytes(), "absolute name"),
                Arguments.of(
                        "link", linked(bad("file").entry("link", "/etc/passwd").bytes(), "link"), "symbolic link"),
                Arguments.of("bomb", bad("file").entry("zeros", bomb).bytes(), "zip bomb"),
                Arguments.of("large", bad("file").entry("noise", noise(9 << 20)).bytes(), "larger than 8 MiB"),
                Arguments.of("crowd", crowd.bytes(), "more than 200 entries"),
                Arguments.of("feature", Jar.zip().entry("feature.json", "{").bytes(), "feature.json cannot be read"),
                Arguments.of("nameless", Jar.zip().entry("feature.json", "{}").bytes(), "no id of the form"),
                Arguments.of(
                        "hollow",
                        Jar.zip().entry("feature.json", "{\"id\":\"a:b:1\"}").bytes(),
                        "no bundles/*.jar"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileThatIsNoPluginIsInvalidByUpload(String what, byte[] content, String says) throws Exception {
        Path file = server.temporary(content);
        assertThatThrownBy(() -> server.desk().install(file, what + ".jar", InstallSource.REST, RequestOrigin.INTERNAL))
                .isInstanceOfSatisfying(
                        SmoException.class, e -> assertThat(e.kind()).isEqualTo(SmoException.Kind.INVALID))
                .hasMessageContaining(says)
                .hasMessageContaining(what + ".jar");
        assertThat(file).doesNotExist();
        leavesNothing("bad.file");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void aFileThatIsNoPluginIsRefusedInTheFolder(String what, byte[] content, String says) throws Exception {
        Path file = server.folder().resolve(what + ".jar");
        long begin = System.nanoTime();
        Files.write(file, content);
        Plugin plugin = server.awaits(what + ".jar", PluginState.REFUSED);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        assertThat(plugin.why()).contains(says);
        Files.delete(file);
        server.awaitGone(what + ".jar");
        leavesNothing("bad.file");
    }

    /** A manifest that only its last lines keep from being that of a bundle. */
    private static String manifest(String rest) {
        return """
                Manifest-Version: 1.0
                Bundle-ManifestVersion: 2
                Bundle-SymbolicName: bad.file
                Bundle-Version: 1.0.0
                Import-Package: org.osgi.framework
                """.replace("\n", "\r\n") + rest;
    }

    /** A whole zip in which another one lies where the comment is: who reads from the end finds one or the other. */
    private static byte[] twoLists(byte[] good) {
        byte[] inner = Jar.plugin("bad.inner", "1.0.0").entry("a", "b").bytes();
        // the end record of the inner one has no comment although bytes follow, which some readers tolerate
        byte[] both = Arrays.copyOf(good, good.length + inner.length + 2);
        System.arraycopy(inner, 0, both, good.length, inner.length);
        ByteBuffer.wrap(both).order(ByteOrder.LITTLE_ENDIAN).putShort(good.length - 2, (short) (inner.length + 2));
        return both;
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new java.util.Random(7).nextBytes(noise);
        return noise;
    }

    /** The middle of the content of the last entry is something else. */
    private static byte[] damaged(byte[] good) {
        byte[] damaged = good.clone();
        ByteBuffer buffer = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
        int directory = buffer.getInt(damaged.length - 6);
        Arrays.fill(damaged, directory - 200, directory - 20, (byte) 0x5A);
        return damaged;
    }

    /** Says in the list of contents that an entry is a link. */
    private static byte[] linked(byte[] zip, String name) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = buffer.getInt(zip.length - 6);
        while (buffer.getInt(at) == 0x02014b50) {
            int length = buffer.getShort(at + 28);
            if (new String(zip, at + 46, length, StandardCharsets.UTF_8).equals(name)) {
                buffer.putInt(at + 38, 0xA1FF << 16);
                return zip;
            }
            at += 46 + length + buffer.getShort(at + 30) + buffer.getShort(at + 32);
        }
        throw new IllegalArgumentException(name);
    }

    @Test
    void aFileThatGrowsIsNotTakenBeforeItIsWhole() throws Exception {
        byte[] whole = Jar.plugin("acme.growing", "1.0.0").bytes();
        Path file = server.folder().resolve("growing.jar");
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < whole.length; i += 600) {
                out.write(whole, i, Math.min(600, whole.length - i));
                out.flush();
                server.awaitLooksAtGrowingFile();
                assertThat(server.desk().plugins())
                        .as("nothing is said about it while it grows")
                        .noneMatch(plugin -> plugin.artifact().file().equals("growing.jar")
                                && plugin.state() == PluginState.REFUSED);
            }
        }
        server.awaits("acme.growing", PluginState.ACTIVE);
        server.remove("acme.growing", true);
    }

    @Test
    void whatWasRefusedAsHalfIsTakenWhenItIsWhole() throws Exception {
        byte[] whole = Jar.plugin("acme.late", "1.0.0").bytes();
        Path file = server.folder().resolve("late.jar");
        Files.write(file, Arrays.copyOf(whole, 300));
        server.awaits("late.jar", PluginState.REFUSED);
        Files.write(file, whole);
        server.awaits("acme.late", PluginState.ACTIVE);
        assertThat(server.desk().versions("late.jar")).isEmpty();
        server.remove("acme.late", true);
    }

    @Test
    void anActivatorThatThrowsIsReportedWithItsWords() throws Exception {
        Operation operation = server.upload(bad("throws")
                .header("Bundle-Activator", Throwing.class.getName())
                .code(Throwing.class));
        assertThat(operation.error().orElseThrow().message()).contains("no licence found");
        assertThat(server.desk().versions("bad.throws").get(0).state()).isEqualTo(PluginState.FAILED);
        assertThat(server.bundle("bad.throws", "1.0.0")).isEmpty();
        assertThat(server.remove("bad.throws", false).state()).isEqualTo(Operation.State.SUCCEEDED);
        leavesNothing("bad.throws");
    }

    @Test
    void aComponentThatFailsInItsActivationIsReportedWithItsWords() throws Exception {
        Operation operation = server.upload(Jar.component("bad.component", FailingComponent.class, ""));
        assertThat(operation.error().orElseThrow().message()).contains("the model file is missing");
        assertThat(server.desk().versions("bad.component").get(0).state()).isEqualTo(PluginState.FAILED);
        server.remove("bad.component", false);
    }

    @Test
    void aWaitingComponentIsReportedWithTheMissingReference() throws Exception {
        Operation operation = server.upload(Jar.component(
                "bad.waits",
                AllOnFirst.class,
                "<reference name=\"energy\" interface=\"eu.nephele.smo.api.port.SignalSource\"/>"));
        assertThat(operation.error().orElseThrow().message()).contains("waits for the reference energy");
        server.remove("bad.waits", false);
    }

    @Test
    void aComponentThatWorksIsUsed() throws Exception {
        assertThat(server.upload(Jar.component("acme.component", AllOnFirst.class, ""))
                        .state())
                .isEqualTo(Operation.State.SUCCEEDED);
        server.remove("acme.component", false);
    }

    @Test
    void aBundleWithoutServicesIsOfNoUse() throws Exception {
        Operation operation = server.upload(Jar.empty("bad.silent", "1.0.0"));
        assertThat(operation.error().orElseThrow().message()).contains("offers no service");
        assertThat(server.desk().versions("bad.silent"))
                .extracting(Plugin::state)
                .isEqualTo(List.of(PluginState.FAILED));
        server.remove("bad.silent", false);
    }

    @Test
    void aFixedVersionOfWhatFailedMayComeUnderTheSameVersion() throws Exception {
        server.upload(Jar.empty("acme.fixed", "1.0.0"));
        assertThat(server.upload(Jar.plugin("acme.fixed", "1.0.0")).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.desk().versions("acme.fixed"))
                .extracting(Plugin::state)
                .containsExactly(PluginState.ACTIVE);
        server.remove("acme.fixed", false);
    }

    @Test
    void theVersionOfAnotherFileIsRefusedInTheFolder() throws Exception {
        Path file = Jar.plugin("acme.bystander", "1.0.0")
                .entry("x", "y")
                .into(server.folder().resolve("twin.jar"));
        Plugin plugin = server.awaits("acme.bystander", PluginState.REFUSED);
        assertThat(plugin.why()).contains("installed already with other content, from acme.bystander-1.0.0.jar");
        assertThat(server.isUsed("acme.bystander", "1.0.0")).isTrue();
        Files.delete(file);
        server.await(() -> server.desk().versions("acme.bystander").size() == 1, "the refused one does not go");
    }
}
