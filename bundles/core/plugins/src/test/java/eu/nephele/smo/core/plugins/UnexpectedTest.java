// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.store.GraphStore;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** An unexpected failure, a defect or a process without memory, ends one change and not the module. */
class UnexpectedTest {

    private static final String PID = "com.acme.suite.one";

    @TempDir
    Path data;

    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(data);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** A service that throws at every call. */
    private <T> void throwing(Class<T> type, Throwable what) {
        Dictionary<String, Object> first = FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 1_000));
        Object service = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            throw what;
        });
        server.context().registerService(type.getName(), service, first);
    }

    /** The next change of what is let through fails, once. */
    private void theNextSwitchFails() {
        AtomicBoolean done = new AtomicBoolean();
        server.gate().onChange(() -> {
            if (!done.getAndSet(true)) {
                throw new StackOverflowError("sample");
            }
        });
    }

    private void theFolderIsStillSeen() throws Exception {
        Jar.plugin("acme.next", "1.0.0").into(server.folder().resolve("next.jar"));
        server.awaits("acme.next", PluginState.ACTIVE);
    }

    @Test
    void aDatabaseThatIsAwayWhenAFileGoesDoesNotEndTheWatching() throws Exception {
        Path file = Jar.plugin("acme.going", "1.0.0").into(server.folder().resolve("going.jar"));
        server.awaits("acme.going", PluginState.ACTIVE);
        throwing(DescriptorReader.class, SmoException.conflict("unused"));
        throwing(GraphStore.class, SmoException.conflict("the database is away"));
        Files.delete(file);
        server.awaitGone("acme.going");
        theFolderIsStillSeen();
    }

    @Test
    void anErrorInAnUpgradeByTheFolderBringsTheFormerVersionBackAndDoesNotEndTheWatching() throws Exception {
        Path file = server.folder().resolve("up.jar");
        Jar.plugin("acme.up", "1.0.0").into(file);
        server.awaits("acme.up", PluginState.ACTIVE);
        throwing(StrategyControl.class, new StackOverflowError("sample"));
        Jar.plugin("acme.up", "2.0.0").into(file);
        server.await(
                () -> Files.exists(server.folder().resolve("up.jar.refused")), "the former content does not come back");
        theFolderIsStillSeen();
        assertThat(server.bundle("acme.up", "2.0.0")).isEmpty();
        assertThat(server.isUsed("acme.up", "1.0.0")).isTrue();
        server.await(() -> server.operations.open().isEmpty(), "an operation does not end");
    }

    @Test
    void anErrorInAnUpgradeEndsTheOperationAndTheFormerVersionGoesOn() throws Exception {
        server.upload(Jar.plugin("acme.up", "1.0.0"));
        throwing(StrategyControl.class, new StackOverflowError("sample"));
        Operation operation = server.upgrade("acme.up", Jar.plugin("acme.up", "2.0.0"), true);
        assertThat(operation.error().orElseThrow().message()).contains("StackOverflowError: sample");
        assertThat(server.bundle("acme.up", "2.0.0")).isEmpty();
        assertThat(server.isUsed("acme.up", "1.0.0")).isTrue();
        assertThat(server.folder().resolve("acme.up-2.0.0.jar")).doesNotExist();
    }

    @Test
    void anErrorInAnInstallationEndsTheOperationAndLeavesNoBundle() throws Exception {
        theNextSwitchFails();
        Operation operation = server.upload(Jar.plugin("acme.one", "1.0.0"));
        assertThat(operation.error().orElseThrow().message()).contains("StackOverflowError: sample");
        assertThat(server.awaits("acme.one", PluginState.FAILED).why()).contains("StackOverflowError: sample");
        assertThat(server.bundle("acme.one", "1.0.0")).isEmpty();
        server.desk().start("acme.one", Optional.empty(), RequestOrigin.INTERNAL);
        assertThat(server.isUsed("acme.one", "1.0.0")).isTrue();
    }

    @Test
    void anErrorInARemovalEndsTheOperation() throws Exception {
        server.upload(Jar.plugin("acme.one", "1.0.0"));
        theNextSwitchFails();
        assertThat(server.remove("acme.one", true).error().orElseThrow().message())
                .contains("StackOverflowError: sample");
        assertThat(server.remove("acme.one", true).state()).isEqualTo(Operation.State.SUCCEEDED);
    }

    @Test
    void anErrorInAStartIsItsState() throws Exception {
        server.upload(Jar.plugin("acme.one", "1.0.0"));
        server.desk().stop("acme.one", Optional.empty(), true, RequestOrigin.INTERNAL);
        theNextSwitchFails();
        assertThatThrownBy(() -> server.desk().start("acme.one", Optional.empty(), RequestOrigin.INTERNAL))
                .hasMessageContaining("StackOverflowError: sample");
        assertThat(server.awaits("acme.one", PluginState.FAILED).why()).contains("StackOverflowError: sample");
    }

    @Test
    void aPluginThatCannotBeRestoredDoesNotPreventOthers() throws Exception {
        server.upload(Jar.plugin("acme.one", "1.0.0"));
        server.upload(Jar.plugin("acme.two", "1.0.0"));
        server.close();
        Path state = server.folder().resolve("plugins.json");
        Files.writeString(state, Files.readString(state).replace("acme.one-1.0.0.jar", "\\u0000.jar"));
        server = server.restarted();
        server.await(() -> server.isUsed("acme.two", "1.0.0"), "the other one does not come back");
        theFolderIsStillSeen();
    }

    @Test
    void anErrorInTheReturnOfOnePluginDoesNotEndTheModule() throws Exception {
        server.upload(Jar.plugin("acme.one", "1.0.0"));
        server.close();
        server = Server.closed(data);
        AtomicBoolean done = new AtomicBoolean();
        Dictionary<String, Object> first = FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, 1_000));
        ServiceComponentRuntime real =
                server.context().getService(server.context().getServiceReference(ServiceComponentRuntime.class));
        server.context()
                .registerService(
                        ServiceComponentRuntime.class.getName(),
                        Proxy.newProxyInstance(
                                ServiceComponentRuntime.class.getClassLoader(),
                                new Class<?>[] {ServiceComponentRuntime.class},
                                (proxy, called, args) -> {
                                    boolean changes =
                                            Thread.currentThread().getName().equals("smo-plugins");
                                    if (changes && !done.getAndSet(true)) {
                                        throw new StackOverflowError("sample");
                                    }
                                    return called.invoke(real, args);
                                }),
                        first);
        server.open();
        Plugin plugin = server.awaits("acme.one", PluginState.FAILED);
        assertThat(plugin.why()).contains("StackOverflowError: sample");
        assertThat(server.bundle("acme.one", "1.0.0")).isEmpty();
        theFolderIsStillSeen();
    }

    @Test
    void aPluginWhoseFileCannotBeReadIsNotReportedAsActive() throws Exception {
        server.upload(Jar.plugin("acme.one", "1.0.0"));
        server.close();
        server = Server.closed(data);
        server.settings(() -> {
            server.loseTheDisk();
            return Server.SETTINGS;
        });
        server.open();
        assertThat(server.awaits("acme.one", PluginState.FAILED).why()).contains("tmp");

        server.settings(Server.SETTINGS);
        server.findTheDisk();
        server.desk().start("acme.one", Optional.empty(), RequestOrigin.INTERNAL);
        assertThat(server.isUsed("acme.one", "1.0.0")).isTrue();
    }

    @Test
    void aRunningPluginContinuesWhenTheRestartedModuleCannotReadItsFile() throws Exception {
        server.upload(Jar.plugin("acme.one", "1.0.0"));
        server.roomGoes();
        server.settings(() -> {
            server.loseTheDisk();
            return Server.SETTINGS;
        });
        server.open();
        server.awaits("acme.one", PluginState.ACTIVE);
        assertThat(server.isUsed("acme.one", "1.0.0")).isTrue();

        server.settings(Server.SETTINGS);
        server.findTheDisk();
        assertThat(server.remove("acme.one", true).state()).isEqualTo(Operation.State.SUCCEEDED);
        assertThat(server.bundle("acme.one", "1.0.0")).isEmpty();
    }

    @Test
    void newContentThatHasTakenOverStaysWhenThatCannotBeWritten() throws Exception {
        Path file = server.folder().resolve("up.jar");
        Jar.plugin("acme.up", "1.0.0").into(file);
        server.awaits("acme.up", PluginState.ACTIVE);
        SynchronousBundleListener full = event -> {
            if (event.getType() == BundleEvent.UNINSTALLED
                    && "acme.up".equals(event.getBundle().getSymbolicName())) {
                server.loseTheDisk();
            }
        };
        server.context().addBundleListener(full);
        Jar.plugin("acme.up", "2.0.0").into(file);
        server.await(
                () -> server.desk().versions("acme.up").stream()
                        .anyMatch(plugin -> plugin.version().equals("2.0.0") && plugin.state() == PluginState.ACTIVE),
                "the new content does not take over");
        server.await(() -> server.operations.open().isEmpty(), "an operation does not end");

        assertThat(server.desk().versions("acme.up")).hasSize(1);
        assertThat(server.isUsed("acme.up", "2.0.0")).isTrue();
        assertThat(server.bundle("acme.up", "1.0.0")).isEmpty();
        server.findTheDisk();
        theFolderIsStillSeen();
        assertThat(server.isUsed("acme.up", "2.0.0")).isTrue();
    }

    private static Jar suite(String version, String strategy) {
        return Jar.zip()
                .entry(
                        "feature.json",
                        "{\"id\":\"com.acme:suite:%s\",\"configurations\":{\"%s\":{\"of\":\"%s\"}}}"
                                .formatted(version, PID, version))
                .entry(
                        "bundles/a.jar",
                        Jar.plugin("suite.a", version)
                                .header("X-Strategy", strategy)
                                .bytes());
    }

    private Optional<Object> configured() throws Exception {
        ConfigurationAdmin admin =
                server.context().getService(server.context().getServiceReference(ConfigurationAdmin.class));
        Configuration[] found = admin.listConfigurations("(service.pid=%s)".formatted(PID));
        return found == null
                ? Optional.empty()
                : Optional.of(found[0].getProperties().get("of"));
    }

    @Test
    void aPluginThatIsRefusedAfterItsStartLeavesNoConfigurationBehind() throws Exception {
        Operation operation = server.upload(suite("1.0.0", "optimal"));
        assertThat(operation.error().orElseThrow().message()).contains("belongs to this server");
        assertThat(configured()).isEmpty();
    }

    @Test
    void anUpgradeThatIsRefusedLeavesTheConfigurationOfTheFormerVersion() throws Exception {
        server.upload(suite("1.0.0", "suite.a"));
        assertThat(configured()).contains("1.0.0");
        Operation operation = server.upgrade("com.acme.suite", suite("2.0.0", "optimal"), true);
        assertThat(operation.error().orElseThrow().message()).contains("belongs to this server");
        assertThat(configured()).contains("1.0.0");
    }
}
