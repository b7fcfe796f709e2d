// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.contract.plugin.PluginSigners.RevokedSigner;
import eu.nephele.smo.core.plugins.samples.AllOnFirst;
import eu.nephele.smo.core.plugins.samples.Vault;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Signers with what they may bring, rotation and revocation of their keys, and files that are not quite signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginSignerTest {

    private static final String STRATEGY_IMPORTS =
            "eu.nephele.smo.api.placement;version=\"[0.1,1)\"," + "eu.nephele.smo.api.model;version=\"[0.1,1)\"";

    @TempDir
    static Path folder;

    private TestKeys keys;
    private Server server;
    private int servers;

    @BeforeAll
    void makeKeys() throws Exception {
        keys = new TestKeys(folder);
        keys.make("acme", "-validity", "10");
        keys.make("acmenext", "-validity", "10");
        keys.make("stranger", "-validity", "10");
        keys.make("over", "-startdate", "-20d", "-validity", "5");
    }

    @BeforeEach
    void start() throws Exception {
        server = Server.with(folder.resolve("data" + servers++), Settings.signature(Policy.REQUIRE));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private PluginSigner trust(String key, SignerScope scope) throws Exception {
        return server.signers().trust("acme", Optional.of(scope), keys.pem(key));
    }

    private Operation install(byte[] content) throws IOException {
        return server.settled(
                server.desk().install(server.temporary(content), "p.jar", InstallSource.REST, RequestOrigin.INTERNAL));
    }

    private String outcome(byte[] content) throws IOException {
        try {
            Operation operation = install(content);
            return operation.state() == Operation.State.SUCCEEDED
                    ? "taken"
                    : operation.error().orElseThrow().message();
        } catch (SmoException refused) {
            return refused.getMessage();
        }
    }

    /** A strategy as a declared component, without anything of the framework. */
    private static Jar strategy(String id) {
        return Jar.component(id, AllOnFirst.class, "").header("Import-Package", STRATEGY_IMPORTS);
    }

    private byte[] signed(Jar jar) throws Exception {
        return keys.signed(jar.bytes(), "acme");
    }

    @Test
    void aSignerOfStrategiesBringsStrategies() throws Exception {
        assertThat(outcome(signed(strategy("sign.early")))).contains("not in the trust store");
        trust("acme", SignerScope.STRATEGIES);
        assertThat(outcome(signed(strategy("sign.good")))).isEqualTo("taken");
        Plugin plugin = server.desk().versions("sign.good").get(0);
        assertThat(plugin.artifact().signer().orElseThrow()).startsWith("acme (CN=acme, key ");
        assertThat(plugin.admission()).anySatisfy(finding -> assertThat(finding.rule() + finding.verdict())
                .isEqualTo("scopePASSED"));
    }

    @Test
    void aSignerOfStrategiesBringsNothingElse() throws Exception {
        trust("acme", SignerScope.STRATEGIES);
        assertThat(outcome(signed(Jar.plugin("sign.act", "1.0.0"))))
                .contains("scope: has a Bundle-Activator", "may bring strategies only");
        assertThat(Server.hasRun("sign.act")).isFalse();
        assertThat(outcome(signed(strategy("sign.imports").header("Import-Package", Jar.IMPORTS))))
                .contains("imports org.osgi.framework");
        assertThat(outcome(signed(strategy("sign.dynamic").header("DynamicImport-Package", "org.osgi.framework"))))
                .contains("DynamicImport-Package");
        String component = """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="x">
                  <implementation class="%s"/><service><provide interface="%s"/></service>
                </scr:component>""".formatted(Vault.class.getName(), SecretSource.class.getName());
        assertThat(outcome(signed(strategy("sign.more")
                        .header("Service-Component", "OSGI-INF/c.xml, OSGI-INF/more-*.xml")
                        .entry("OSGI-INF/more-1.xml", component))))
                .contains("provides the service " + SecretSource.class.getName());
        assertThat(outcome(signed(strategy("sign.none").header("Service-Component", "OSGI-INF/c.xml,OSGI-INF/n.xml"))))
                .contains("cannot be read: OSGI-INF/n.xml");
        assertThat(outcome(signed(strategy("sign.two")
                        .header("Bundle-ClassPath", "lib.jar,.")
                        .entry("lib.jar", new Jar2(component).bytes()))))
                .contains("cannot be read: OSGI-INF/c.xml");
        assertThat(outcome(signed(strategy("sign.dtd")
                        .entry("OSGI-INF/c.xml", "<!DOCTYPE x [<!ENTITY e '<provide interface=\"x\"/>'>]><x>&e;</x>"))))
                .contains("cannot be read: OSGI-INF/c.xml");
    }

    /** A jar inside a jar that has another description of the same component. */
    private record Jar2(String component) {
        byte[] bytes() {
            return Jar.zip().entry("OSGI-INF/c.xml", component).bytes();
        }
    }

    @Test
    void aSignerOfAdaptersBringsThemAndNoBundlesOfTheProduct() throws Exception {
        Jar adapter = Jar.adapter("sign.adapter", Vault.class, "sign.vault");
        trust("acme", SignerScope.STRATEGIES);
        assertThat(outcome(signed(adapter))).contains("imports org.osgi.framework");
        trust("acme", SignerScope.ADAPTERS);
        assertThat(outcome(signed(Jar.plugin("sign.adapters", "1.0.0")))).isEqualTo("taken");
    }

    @Test
    void aNewKeyIsValidBesideTheOldOneAndARevokedOneNotAnyMore() throws Exception {
        trust("acme", SignerScope.STRATEGIES);
        PluginSigner both = server.signers().trust("acme", Optional.empty(), keys.pem("acmenext"));
        assertThat(both.keys()).hasSize(2);
        assertThat(both.scope()).isEqualTo(SignerScope.STRATEGIES);
        assertThat(outcome(signed(strategy("sign.old")))).isEqualTo("taken");
        assertThat(outcome(keys.signed(strategy("sign.new").bytes(), "acmenext")))
                .isEqualTo("taken");
        String old = both.keys().get(0).fingerprint();
        RevokedSigner revoked = server.signers().revoke("acme", old.substring(0, 12), "laptop lost", false);
        assertThat(revoked.running()).containsExactly("sign.old 1.0.0");
        assertThat(revoked.stopped()).isEmpty();
        assertThat(outcome(signed(strategy("sign.later")))).contains("was revoked at", "laptop lost");
        assertThat(outcome(keys.signed(strategy("sign.next").bytes(), "acmenext")))
                .isEqualTo("taken");
        assertThat(server.warnings()).hasSize(1);
        assertThat(server.warnings().get(0)).contains("sign.old 1.0.0 runs", "laptop lost");
        Plugin shown = server.desk().versions("sign.old").get(0);
        assertThat(shown.state()).isEqualTo(PluginState.ACTIVE);
        assertThat(shown.why()).contains("its key was revoked");
        assertThat(server.desk().versions("sign.new").get(0).why()).isEmpty();
        assertThatThrownBy(() -> trust("acme", SignerScope.ANYTHING)).hasMessageContaining("stays revoked");
        assertThatThrownBy(() -> server.signers().trust("other", Optional.empty(), keys.pem("acmenext")))
                .hasMessageContaining("that of signer acme");
    }

    @Test
    void aRevocationCountsUnderWarnToo() throws Exception {
        PluginSigner signer = trust("acme", SignerScope.ANYTHING);
        server.signers().revoke("acme", signer.keys().get(0).fingerprint(), "", false);
        server.settings(Settings.signature(Policy.WARN));
        assertThat(outcome(signed(strategy("sign.warn")))).contains("was revoked at");
        assertThat(outcome(strategy("sign.unsigned").bytes())).isEqualTo("taken");
    }

    @Test
    void whatARevokedKeyHasSignedIsStoppedIfAskedForAndDoesNotComeBackAfterARestart() throws Exception {
        PluginSigner signer = trust("acme", SignerScope.STRATEGIES);
        String key = signer.keys().get(0).fingerprint();
        install(signed(strategy("sign.one")));
        install(signed(strategy("sign.two")));
        server.desk().stop("sign.two", Optional.empty(), true, RequestOrigin.INTERNAL);
        assertThat(server.signers().revoke("acme", key, "", true).stopped()).containsExactly("sign.one 1.0.0");
        assertThat(server.desk().versions("sign.one").get(0).state()).isEqualTo(PluginState.STOPPED);
        assertThatThrownBy(() -> server.desk().start("sign.two", Optional.empty(), RequestOrigin.INTERNAL))
                .hasMessageContaining("was revoked at");
        assertThat(server.warnings()).isEmpty();
    }

    @Test
    void aRestartRemembersSignersAndRevocations() throws Exception {
        PluginSigner signer = trust("acme", SignerScope.STRATEGIES);
        install(signed(strategy("sign.back")));
        install(signed(strategy("sign.stay")));
        server = server.restarted();
        assertThat(server.awaits("sign.back", PluginState.ACTIVE).artifact().signer())
                .isPresent();
        assertThat(server.signers().signers()).containsExactly(signer);
        server.signers().revoke("acme", signer.keys().get(0).fingerprint(), "lost", false);
        server = server.restarted();
        assertThat(server.awaits("sign.back", PluginState.REFUSED).why()).contains("was revoked at", "lost");
    }

    @Test
    void whoHasAnOldKeyCannotExtendIt() throws Exception {
        trust("over", SignerScope.ANYTHING);
        assertThat(outcome(keys.signed(strategy("sign.over").bytes(), "over"))).contains("valid from", "only");
        keys.certifyAgain("over", "-validity", "30");
        assertThat(outcome(keys.signed(strategy("sign.over").bytes(), "over"))).contains("valid from", "only");
        trust("over", SignerScope.ANYTHING);
        assertThat(outcome(keys.signed(strategy("sign.over").bytes(), "over")))
                .as("when the operator takes the new certificate")
                .isEqualTo("taken");
    }

    /** Entries of a zip, changed, in an order of choice. */
    private static byte[] rewritten(byte[] zip, boolean backwards, Map<String, String> more) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        more.forEach((name, text) -> entries.put(
                name,
                text.startsWith("copy of ")
                        ? entries.get(text.substring("copy of ".length()))
                        : text.getBytes(StandardCharsets.UTF_8)));
        List<String> names = new ArrayList<>(entries.keySet());
        if (backwards) {
            Collections.reverse(names);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(entries.get(name));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void whatIsNotCoveredByTheSignatureIsRefused() throws Exception {
        trust("acme", SignerScope.ANYTHING);
        byte[] good = signed(strategy("sign.tricks"));
        List<Map<String, String>> additions = List.of(
                // no signature covers such names: a description of a component, found by META-INF/*
                Map.of("META-INF/SIG-EVIL.XML", "<x/>"),
                Map.of("META-INF/EVIL.SF", "Signature-Version: 1.0\r\n\r\n"),
                Map.of("META-INF/EVIL.EC", "x"),
                Map.of("META-INF/EVIL.SF", "copy of META-INF/ACME.SF"),
                Map.of("META-INF/ACME.RSA", "copy of META-INF/ACME.EC"),
                Map.of("META-INF/versions/17/evil.class", "x"),
                Map.of("evil.class", "x"));
        for (Map<String, String> addition : additions) {
            assertThat(outcome(rewritten(good, false, addition)))
                    .as(addition.toString())
                    .contains("signature");
        }
        assertThat(outcome(rewritten(good, true, Map.of())))
                .as("the order of entries says nothing")
                .isEqualTo("taken");
    }

    @Test
    void headersThatTheSignatureLeavesOpenAndDigestsThatCanBeForgedAreRefused() throws Exception {
        trust("acme", SignerScope.ANYTHING);
        byte[] plain = strategy("sign.loose").bytes();
        assertThat(outcome(keys.signed(plain, "acme", "SHA-256", true))).contains("does not cover the whole manifest");
        assertThat(outcome(keys.signed(plain, "acme", "SHA-1", false))).contains("signature");
        assertThat(outcome(keys.signed(plain, "acme", "SHA-512", false))).isEqualTo("taken");
    }

    @Test
    void aSecondSignerAddsNothingAndTakesNothing() throws Exception {
        trust("acme", SignerScope.STRATEGIES);
        byte[] both = keys.signed(signed(strategy("sign.both")), "stranger");
        assertThat(outcome(both)).isEqualTo("taken");
        byte[] resigned =
                keys.signed(rewritten(signed(strategy("sign.stolen")), false, Map.of("added.txt", "x")), "stranger");
        assertThat(outcome(resigned)).contains("signature");
    }

    @Test
    void whatASignerIsHasToMakeSense() throws Exception {
        assertThatThrownBy(() -> server.signers().trust("Acme!", Optional.empty(), keys.pem("acme")))
                .hasMessageContaining("no name of a signer");
        assertThatThrownBy(() -> server.signers().trust("acme", Optional.empty(), "x"))
                .isInstanceOf(SmoException.class);
        keys.make("weak", "-keyalg", "RSA", "-keysize", "1024");
        assertThatThrownBy(() -> server.signers().trust("acme", Optional.empty(), keys.pem("weak")))
                .hasMessageContaining("1024 bits");
        trust("acme", SignerScope.STRATEGIES);
        assertThatThrownBy(() -> server.signers().revoke("acme", "0123", "", false))
                .hasMessageContaining("at least 12 digits");
        assertThatThrownBy(() -> server.signers().revoke("acme", "0123456789ab", "", false))
                .hasMessageContaining("0 keys");
        assertThatThrownBy(() -> server.signers().revoke("nobody", "0123456789ab", "", false))
                .hasMessageContaining("does not exist");
    }
}
