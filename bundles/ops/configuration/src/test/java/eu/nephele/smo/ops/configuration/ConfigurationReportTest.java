// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.slf4j.LoggerFactory;

@SuppressWarnings("unchecked") // mocks of generic types
class ConfigurationReportTest {

    private final ConfigurationAdmin admin = mock(ConfigurationAdmin.class);
    private final ScheduledExecutorService executor = mock(ScheduledExecutorService.class);
    private final Deque<Runnable> scheduled = new ArrayDeque<>();
    private final Consumer<BundleListener> farewell = mock(Consumer.class);
    private ConfigurationReaders readers = new UnreadConfigurationCheckTest.Fixed();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        doAnswer(call -> {
                    scheduled.add(call.getArgument(0));
                    return mock(ScheduledFuture.class);
                })
                .when(executor)
                .schedule(any(Runnable.class), anyLong(), any());
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ConfigurationReport.class);
    }

    private static Configuration configuration(String pid, String... properties) {
        Map<String, Object> all = new HashMap<>();
        Arrays.stream(properties).forEach(property -> all.put(property, "a-secret"));
        all.put("felix.fileinstall.filename", "file:/data/etc/" + pid + ".cfg");
        Configuration configuration = mock(Configuration.class);
        when(configuration.getPid()).thenReturn(pid);
        when(configuration.getProperties()).thenReturn(FrameworkUtil.asDictionary(all));
        return configuration;
    }

    private void present(Configuration... configurations) throws Exception {
        when(admin.listConfigurations(isNull())).thenReturn(configurations);
        for (Configuration one : configurations) {
            when(admin.listConfigurations("(service.pid=" + one.getPid() + ")")).thenReturn(new Configuration[] {one});
        }
    }

    private ConfigurationReport report() {
        return new ConfigurationReport(admin, () -> readers, executor, farewell);
    }

    private void timePasses() {
        while (!scheduled.isEmpty()) {
            scheduled.poll().run();
        }
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static ConfigurationEvent event(int type, String pid) {
        return new ConfigurationEvent(mock(ServiceReference.class), type, null, pid);
    }

    @Test
    void whatWasFoundIsPartOfTheHealthUntilItIsMendedOrGone() throws Exception {
        present(configuration(UnreadConfigurationCheckTest.ENGINE, "driftSecond"));
        ConfigurationReport report = report();
        timePasses();
        assertThat(report.subject()).isEqualTo("configuration");
        assertThat(report.warnings()).singleElement().asString().contains("driftSecond");

        report.configurationEvent(event(ConfigurationEvent.CM_DELETED, UnreadConfigurationCheckTest.ENGINE));
        assertThat(report.warnings()).isEmpty();

        report.configurationEvent(event(ConfigurationEvent.CM_UPDATED, UnreadConfigurationCheckTest.ENGINE));
        timePasses();
        assertThat(report.warnings()).hasSize(1);
        present(configuration(UnreadConfigurationCheckTest.ENGINE, "driftSeconds"));
        report.configurationEvent(event(ConfigurationEvent.CM_UPDATED, UnreadConfigurationCheckTest.ENGINE));
        timePasses();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void whatIsThereAtTheStartIsReportedOnceAndWithoutItsValue() throws Exception {
        present(
                configuration(UnreadConfigurationCheckTest.ENGINE, "driftSecond"),
                configuration("eu.nephele.smo.core.store", "url"));
        ConfigurationReport report = report();
        report.configurationEvent(event(ConfigurationEvent.CM_UPDATED, UnreadConfigurationCheckTest.ENGINE));
        assertThat(log.list).as("nothing before the server has settled").isEmpty();

        timePasses();

        assertThat(lines())
                .singleElement()
                .asString()
                .contains(
                        "driftSecond",
                        UnreadConfigurationCheckTest.ENGINE,
                        "driftSeconds?",
                        "(eu.nephele.smo.core.engine.cfg)")
                .doesNotContain("a-secret");
        assertThat(log.list.get(0).getLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void eachChangeIsLookedAtAnew() throws Exception {
        present();
        ConfigurationReport report = report();
        timePasses();
        present(configuration(UnreadConfigurationCheckTest.ENGINE, "driftSecond"));
        report.configurationEvent(event(ConfigurationEvent.CM_UPDATED, UnreadConfigurationCheckTest.ENGINE));
        timePasses();
        present(configuration(UnreadConfigurationCheckTest.ENGINE, "driftSeconds"));
        report.configurationEvent(event(ConfigurationEvent.CM_UPDATED, UnreadConfigurationCheckTest.ENGINE));
        timePasses();
        report.configurationEvent(event(ConfigurationEvent.CM_DELETED, UnreadConfigurationCheckTest.ENGINE));
        timePasses();

        assertThat(lines()).hasSize(1);
    }

    @Test
    void anInstanceOfAFactoryIsCheckedByItsFactory() throws Exception {
        Configuration instance = configuration("eu.nephele.smo.core.store~one", "ulr");
        when(instance.getFactoryPid()).thenReturn("eu.nephele.smo.core.store");
        present(instance);
        report();

        timePasses();

        assertThat(lines()).singleElement().asString().contains("ulr", "did you mean url?");
    }

    @Test
    void aConfigurationThatIsGoneMeanwhileIsNoMatter() throws Exception {
        present(configuration(UnreadConfigurationCheckTest.ENGINE, "driftSecond"));
        report();
        when(admin.listConfigurations("(service.pid=" + UnreadConfigurationCheckTest.ENGINE + ")"))
                .thenReturn(null);

        timePasses();

        assertThat(log.list).isEmpty();
    }

    @Test
    void aFailureOfTheLookIsSaidAndTheNextOneWorks() throws Exception {
        present(configuration(UnreadConfigurationCheckTest.ENGINE, "driftSecond"));
        ConfigurationReport report = report();
        when(admin.listConfigurations("(service.pid=" + UnreadConfigurationCheckTest.ENGINE + ")"))
                .thenThrow(new IOException("disk"));
        timePasses();
        assertThat(lines()).containsExactly("checking configurations failed");

        Configuration again = configuration(UnreadConfigurationCheckTest.ENGINE, "driftSecond");
        doReturn(new Configuration[] {again})
                .when(admin)
                .listConfigurations("(service.pid=" + UnreadConfigurationCheckTest.ENGINE + ")");
        report.configurationEvent(event(ConfigurationEvent.CM_UPDATED, UnreadConfigurationCheckTest.ENGINE));
        timePasses();
        assertThat(lines()).hasSize(2);
    }

    @Test
    void whatALookThatFailedDidNotSeeIsSeenByTheNextOne() throws Exception {
        Configuration wrong = configuration(UnreadConfigurationCheckTest.ENGINE, "driftSecond");
        present(wrong, configuration("eu.nephele.smo.core.store", "url"));
        ConfigurationReport report = report();
        when(admin.listConfigurations("(service.pid=" + UnreadConfigurationCheckTest.ENGINE + ")"))
                .thenThrow(new IOException("disk"));
        timePasses();
        assertThat(report.warnings()).isEmpty();

        doReturn(new Configuration[] {wrong})
                .when(admin)
                .listConfigurations("(service.pid=" + UnreadConfigurationCheckTest.ENGINE + ")");
        report.configurationEvent(event(ConfigurationEvent.CM_UPDATED, "eu.nephele.smo.core.store"));
        timePasses();
        assertThat(report.warnings()).hasSize(1);
    }

    @Test
    void aBundleThatComesOrGoesChangesWhatIsRead() throws Exception {
        String own = "com.acme.energy";
        present(configuration(own, "url"));
        ConfigurationReport report = report();
        timePasses();
        assertThat(report.warnings()).as("nobody reads it yet").hasSize(1);

        readers = new And(own);
        report.bundleChanged(bundle(BundleEvent.RESOLVED));
        report.bundleChanged(bundle(BundleEvent.STARTED));
        assertThat(scheduled).as("one check for all of them").hasSize(1);
        timePasses();
        assertThat(report.warnings()).isEmpty();

        readers = new UnreadConfigurationCheckTest.Fixed();
        report.bundleChanged(bundle(BundleEvent.UNINSTALLED));
        timePasses();
        assertThat(report.warnings()).hasSize(1);
        report.bundleChanged(bundle(BundleEvent.RESOLVED));
        timePasses();
        assertThat(lines()).as("logged at the beginning, not at each check").hasSize(2);
        report.bundleChanged(bundle(BundleEvent.INSTALLED));
        assertThat(scheduled).isEmpty();
    }

    private static BundleEvent bundle(int type) {
        return new BundleEvent(type, mock(Bundle.class));
    }

    /** A plugin with a PID is there as well. */
    private record And(String pid) implements ConfigurationReaders {
        @Override
        public Optional<Set<String>> propertiesOf(String other) {
            return other.equals(pid)
                    ? Optional.of(Set.of("url"))
                    : new UnreadConfigurationCheckTest.Fixed().propertiesOf(other);
        }

        @Override
        public boolean readsUndescribed(String other) {
            return new UnreadConfigurationCheckTest.Fixed().readsUndescribed(other);
        }

        @Override
        public Set<String> describedPids() {
            return Set.of(pid);
        }
    }

    @Test
    void endsWithItsComponent() throws Exception {
        present();
        ConfigurationReport report = report();
        report.stop();
        verify(farewell).accept(report);
        verify(executor).shutdownNow();
    }
}
