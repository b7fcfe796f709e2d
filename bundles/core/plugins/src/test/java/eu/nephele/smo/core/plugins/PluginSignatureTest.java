// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Signatures as partners make them, with keytool and jarsigner. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginSignatureTest {

    @TempDir
    static Path keys;

    @TempDir
    static Path data;

    private Server server;

    @BeforeAll
    void makeKeys() throws Exception {
        key("partner", "-validity", "10");
        key("stranger", "-validity", "10");
        key("former", "-startdate", "-20d", "-validity", "5");
        server = Server.with(data, Settings.signature(Policy.REQUIRE));
        Path trust = Files.createDirectories(data.resolve("etc/trust"));
        export("partner", trust.resolve("partner.pem"));
        export("former", trust.resolve("former.pem"));
    }

    @BeforeEach
    void require() {
        server.settings(Settings.signature(Policy.REQUIRE));
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private static void key(String name, String... validity) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("keytool", "-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC"));
        command.addAll(List.of(validity));
        command.addAll(List.of("-keystore", keys.resolve("keys.p12").toString(), "-storepass", "secret"));
        run(command);
    }

    private static void export(String name, Path to) throws Exception {
        run(List.of(
                "keytool",
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                to.toString(),
                "-keystore",
                keys.resolve("keys.p12").toString(),
                "-storepass",
                "secret"));
    }

    private static void run(List<String> command) throws Exception {
        List<String> full = new ArrayList<>(command);
        full.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
        full.addAll(1, List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        Process process = new ProcessBuilder(full).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static byte[] signed(Jar jar, String by) throws Exception {
        Path file = Files.write(keys.resolve("plugin-" + System.nanoTime() + ".jar"), jar.bytes());
        run(List.of(
                "jarsigner",
                "-keystore",
                keys.resolve("keys.p12").toString(),
                "-storepass",
                "secret",
                file.toString(),
                by));
        return Files.readAllBytes(file);
    }

    private Operation install(byte[] content) throws IOException {
        return server.settled(
                server.desk().install(server.temporary(content), "p.jar", InstallSource.REST, RequestOrigin.INTERNAL));
    }

    private AdmissionFinding finding(String id) {
        Plugin plugin = server.desk().versions(id).get(0);
        return plugin.admission().stream()
                .filter(finding -> finding.rule().equals("signature"))
                .findFirst()
                .orElseThrow();
    }

    /** Writes a zip anew with another content of one entry; "" leaves it out, an unknown one is added. */
    private static byte[] with(byte[] zip, String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean there = false;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                boolean it = entry.getName().equals(name);
                there |= it;
                if (!it || !content.isEmpty()) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(it ? content.getBytes(java.nio.charset.StandardCharsets.UTF_8) : in.readAllBytes());
                    out.closeEntry();
                }
            }
            if (!there) {
                out.putNextEntry(new ZipEntry(name));
                out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Jar plugin(String id) {
        return Jar.plugin(id, "1.0.0").entry("data.txt", "what was signed");
    }

    @Test
    void whatAPartnerHasSignedComesIn() throws Exception {
        assertThat(install(signed(plugin("sig.good"), "partner")).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.desk().versions("sig.good").get(0).artifact().signer())
                .contains("CN=partner");
        assertThat(finding("sig.good").verdict()).isEqualTo(FindingVerdict.PASSED);
    }

    @Test
    void whatNobodyHasSignedDoesNot() throws Exception {
        Operation operation = install(plugin("sig.unsigned").bytes());
        assertThat(operation.error().orElseThrow().message()).contains("signature: not signed");
        assertThat(Server.hasRun("sig.unsigned")).isFalse();
    }

    @Test
    void aPluginSignedByAnUntrustedSignerIsNotTrusted() throws Exception {
        Operation operation = install(signed(plugin("sig.foreign"), "stranger"));
        assertThat(operation.error().orElseThrow().message()).contains("CN=stranger, who is not in the trust store");
        assertThat(Server.hasRun("sig.foreign")).isFalse();
    }

    @Test
    void whatWasSignedWithAnExpiredCertificateDoesNot() throws Exception {
        Operation operation = install(signed(plugin("sig.expired"), "former"));
        assertThat(operation.error().orElseThrow().message()).contains("CN=former", "valid from");
        assertThat(Server.hasRun("sig.expired")).isFalse();
    }

    @Test
    void whatWasChangedAfterwardsDoesNotWhateverThePolicySaysButOff() throws Exception {
        byte[] good = signed(plugin("sig.changed"), "partner");
        List<byte[]> changed = List.of(
                with(good, "data.txt", "something else"), with(good, "data.txt", ""), with(good, "added.txt", "added"));
        for (Policy policy : List.of(Policy.REQUIRE, Policy.WARN)) {
            server.settings(Settings.signature(policy));
            for (byte[] content : changed) {
                assertThat(refusal(content)).contains("changed after it was signed");
            }
        }
        assertThat(Server.hasRun("sig.changed")).isFalse();
        server.settings(Settings.signature(Policy.OFF));
        assertThat(install(changed.get(0)).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void aManifestChangedAfterwardsIsSeen() throws Exception {
        byte[] good = signed(plugin("sig.manifest"), "partner");
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(good))) {
            ZipEntry entry = in.getNextEntry();
            assertThat(entry.getName()).isEqualTo("META-INF/MANIFEST.MF");
            String manifest = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            byte[] forged = with(
                    good, "META-INF/MANIFEST.MF", manifest.replace("sig.manifest", "sig.forgery!".replace("!", "")));
            assertThat(refusal(forged)).contains("signature");
        }
        assertThat(Server.hasRun("sig.forgery")).isFalse();
    }

    private String refusal(byte[] content) throws IOException {
        try {
            return install(content).error().orElseThrow().message();
        } catch (eu.nephele.smo.api.runtime.SmoException refused) {
            return refused.getMessage();
        }
    }

    @Test
    void aWarningIsEnoughWherePolicySaysSo() throws Exception {
        server.settings(Settings.signature(Policy.WARN));
        assertThat(install(plugin("sig.warned").bytes()).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(finding("sig.warned").verdict()).isEqualTo(FindingVerdict.WARNED);
        assertThat(install(signed(plugin("sig.warned2"), "stranger")).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(finding("sig.warned2").detail()).contains("not in the trust store");
    }

    @Test
    void aNewlyTrustedSignerNeedsNoRestart() throws Exception {
        key("late", "-validity", "10");
        byte[] content = signed(plugin("sig.late"), "late");
        assertThat(install(content).state()).isEqualTo(Operation.State.FAILED);
        export("late", data.resolve("etc/trust/late.pem"));
        assertThat(install(content).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void aTrustStoreThatCannotBeReadTrustsNobody() throws Exception {
        Path broken = Files.writeString(
                data.resolve("etc/trust/broken.pem"), "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n");
        try {
            assertThat(install(signed(plugin("sig.broken"), "partner"))
                            .error()
                            .orElseThrow()
                            .message())
                    .contains("not in the trust store");
        } finally {
            Files.delete(broken);
        }
        assertThatThrownBy(() -> eu.nephele.smo.core.plugins.admission.TrustStore.read(
                        Files.writeString(keys.resolve("no.p12"), "x"), new char[0]))
                .hasMessageContaining("not a readable key store");
    }

    @Test
    void aKeyStoreWillDoAsTrustStore() throws Exception {
        var trust =
                eu.nephele.smo.core.plugins.admission.TrustStore.read(keys.resolve("keys.p12"), "secret".toCharArray());
        assertThat(trust.anchors()).hasSizeGreaterThanOrEqualTo(3);
    }

    /** Every server has several sources; the one of the scheme is asked, wherever it comes among them. */
    @Test
    void thePasswordOfAKeyStoreIsKnownToTheSourceOfItsScheme() throws Exception {
        List<ServiceRegistration<?>> sources = List.of(
                source("env", 10, reference -> Optional.empty()), source("file", 0, reference -> Optional.of("secret")
                        .filter(any -> reference.equals("file:secrets/trust"))));
        try {
            server.settings(Settings.trusting(keys.resolve("keys.p12").toString(), "file:secrets/trust"));
            assertThat(install(signed(plugin("sig.store"), "stranger")).state()).isEqualTo(Operation.State.SUCCEEDED);
        } finally {
            sources.forEach(ServiceRegistration::unregister);
        }
    }

    private ServiceRegistration<?> source(String scheme, int ranking, SecretSource source) {
        return server.context()
                .registerService(
                        SecretSource.class,
                        source,
                        FrameworkUtil.asDictionary(
                                Map.of(SecretSource.SCHEME, scheme, Constants.SERVICE_RANKING, ranking)));
    }
}
