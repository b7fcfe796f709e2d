// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.owner.Ownership.Role;
import eu.nephele.smo.core.contract.store.ConfigurationStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.metatype.MetaTypeService;

/** Two servers on one database, each with a ConfigurationAdmin of its own; their clock and their watcher are the test's. */
class ConfigurationSyncTest {

    private static final String PROFILE = """
            {":configurator:resource-version": 1,
             "profile": {"number": 3, "share": 0.5, "on": true, "list": ["a", "b"], "typed:Integer": 7, ":configurator:policy": "force"}}
            """;

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore("one");
    private final List<Server> servers = new ArrayList<>();
    private Server owner;
    private Server standby;
    private long now;

    private final class Server implements OwnerServices {
        private final Path data;
        private final RealAdmin real;
        private final ConfigurationAdmin admin;
        private final ConfigurationFiles files;
        private final ConfigurationSync configurationSync;
        private final List<AuditRecord> told = new ArrayList<>();
        private final Map<String, String> watched = new HashMap<>();
        private final Set<String> removed = new HashSet<>();
        private Map<String, String> seen = Map.of();
        private Optional<Role> role;

        private Server(String name, Role role) throws Exception {
            this.role = Optional.of(role);
            data = Files.createDirectories(folder.resolve(name));
            Files.createDirectories(data.resolve("etc"));
            real = new RealAdmin(data, Map.of(ProfileConfiguration.PROPERTY, PROFILE));
            admin = real.admin();
            CurrentConfigurations currentConfigurations = new CurrentConfigurations(admin);
            ExpectedConfigurations expected = new ExpectedConfigurations(real.context());
            BundleContext nobody = mock(BundleContext.class);
            when(nobody.getBundles()).thenReturn(new Bundle[0]);
            files = new ConfigurationFiles(nobody, admin, mock(MetaTypeService.class), expected);
            ChangeApplier changeApplier = new ChangeApplier(new ConfigurationFolder(data.resolve("etc")));
            configurationSync = new ConfigurationSync(
                    this,
                    changeApplier,
                    new RunningChanges(currentConfigurations, expected, changeApplier, told::add),
                    new OwnerComparison(currentConfigurations, new ConfigurationDigests(data.toString())),
                    () -> now);
            real.context()
                    .registerService(
                            SynchronousConfigurationListener.class,
                            event -> {
                                if (event.getType() == ConfigurationEvent.CM_DELETED) {
                                    removed.add(event.getPid());
                                }
                                configurationSync.changed(event.getPid());
                            },
                            null);
            configure(
                    "profile",
                    Map.of("number", 3L, "share", 0.5, "on", true, "list", new String[] {"a", "b"}, "typed", 7));
            servers.add(this);
        }

        @Override
        public Optional<ConfigurationStore> store() {
            return Optional.of(store);
        }

        @Override
        public Optional<Role> role() {
            return role;
        }

        /** As the console does: what is there stays unless it is said otherwise. */
        private void configure(String pid, Map<String, Object> properties) throws IOException {
            Configuration configuration = admin.getConfiguration(pid, "?");
            Map<String, Object> all = new HashMap<>(CurrentConfigurations.properties(configuration));
            all.putAll(properties);
            Optional.ofNullable(configuration.getProperties())
                    .map(there -> there.get(UnreadConfigurationCheck.FILE))
                    .ifPresent(file -> all.put(UnreadConfigurationCheck.FILE, file));
            configuration.update(FrameworkUtil.asDictionary(all));
        }

        private Map<String, Object> configured(String pid) {
            return new CurrentConfigurations(admin).properties(pid);
        }

        private void edit(String name, String text) throws IOException {
            Files.writeString(data.resolve("etc").resolve(name), text);
        }

        /** The watcher of the folder: a file that has gone has gone, one that has come or is another has to be so twice. */
        private void watch() throws IOException {
            Map<String, String> there = new HashMap<>();
            try (Stream<Path> all = Files.list(data.resolve("etc"))) {
                for (Path file :
                        all.filter(each -> files.canHandle(each.toFile())).toList()) {
                    there.put(file.toString(), Files.readString(file));
                }
            }
            for (String gone : List.copyOf(watched.keySet())) {
                if (!there.containsKey(gone)) {
                    files.uninstall(new File(gone));
                }
            }
            watched.keySet().retainAll(there.keySet());
            for (Map.Entry<String, String> file : there.entrySet()) {
                boolean stays = file.getValue().equals(seen.get(file.getKey()));
                if (stays && !file.getValue().equals(watched.put(file.getKey(), file.getValue()))) {
                    files.install(new File(file.getKey()));
                }
            }
            seen = there;
        }

        private String[] files() throws IOException {
            try (Stream<Path> all = Files.list(data.resolve("etc"))) {
                return all.map(file -> file.getFileName().toString())
                        .filter(name -> !name.equals(ConfigurationFolder.CARRIED))
                        .sorted()
                        .toArray(String[]::new);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        owner = new Server("owner", Role.OWNER);
        standby = new Server("standby", Role.STANDBY);
    }

    @AfterEach
    void end() throws Exception {
        for (Server server : servers) {
            server.real.close();
        }
    }

    /** Some time, in which both look again and again. */
    private void pass(Duration time) throws IOException {
        long end = now + time.toNanos();
        while (now < end) {
            now += Duration.ofMillis(500).toNanos();
            for (Server server : servers) {
                server.watch();
                server.configurationSync.poll();
            }
        }
    }

    private void settle() throws IOException {
        pass(Duration.ofSeconds(12));
    }

    @Test
    void whatTheProfileAndFilesAndPluginsSayIsNoChange() throws Exception {
        owner.edit("plain.cfg", "a=1\nb=x, y\n");
        owner.edit("typed.config", "a=I\"1\"\n");
        owner.edit("F~one.cfg", "a=1\n");
        owner.edit("ranked.cfg", "service.ranking=10\na=1\n");
        owner.edit("exported.config", "service.pid=\"exported\"\na=\"1\"\n");
        owner.admin
                .getConfiguration("of.plugin", "?")
                .update(FrameworkUtil.asDictionary(Map.of("smo.plugin", "p@1", "a", "1")));
        owner.configure("org.apache.felix.webconsole", Map.of("a", "1"));
        owner.configure("eu.nephele.smo.core.store", Map.of("url", "u"));
        settle();
        owner.edit("plain.cfg", "a=2\n");
        Files.delete(owner.data.resolve("etc/typed.config"));
        Files.delete(owner.data.resolve("etc/F~one.cfg"));
        owner.admin.getConfiguration("of.plugin", "?").delete();
        settle();

        assertThat(store.mark().revision()).isZero();
        assertThat(owner.files()).containsExactly("exported.config", "plain.cfg", "ranked.cfg");
        assertThat(owner.configured("plain")).containsEntry("a", "2");
        owner.configure("ranked", Map.of("a", "2"));
        settle();
        assertThat(standby.configured("ranked"))
                .containsEntry("service.ranking", "10")
                .containsEntry("a", "2");
    }

    @Test
    void aSecretInClearIsTakenBackAndNeitherStoredNorWritten() throws Exception {
        String pid = "eu.nephele.smo.adapters.grafana";
        owner.edit(pid + ".cfg", "url=http://g\ntoken=file:secrets/g\n");
        settle();
        owner.configure(pid, Map.of("token", "hunter2", "password", "hunter3"));
        owner.configure("eu.nephele.smo.adapters.oci", Map.of("credentials", new String[] {"r.example=u:hunter4"}));
        settle();
        assertThat(owner.configured(pid))
                .containsEntry("token", "file:secrets/g")
                .doesNotContainKey("password");
        assertThat(owner.configured("eu.nephele.smo.adapters.oci")).doesNotContainKey("credentials");
        assertThat(store.changedAfter(0).toString()).doesNotContain("hunter");
        assertThat(owner.told)
                .filteredOn(entry -> entry.outcome().equals("refused"))
                .extracting(AuditRecord::target)
                .contains("configuration/" + pid + "#password,token");
        for (String name : owner.files()) {
            assertThat(owner.data.resolve("etc").resolve(name)).content().doesNotContain("hunter");
        }

        owner.configure(pid, Map.of("token", "vault:kv/smo#grafana"));
        settle();
        assertThat(standby.configured(pid)).containsEntry("token", "vault:kv/smo#grafana");
    }

    /** Of a file with a secret in clear nothing is stored, whatever else of it is changed. */
    @Test
    void aSecretThatAFileHasInClearIsNotStoredWithAChangeOfAnotherProperty() throws Exception {
        String pid = "eu.nephele.smo.adapters.grafana";
        owner.edit(pid + ".cfg", "url=http://g\ntoken=hunter2\n");
        settle();
        owner.configure(pid, Map.of("url", "http://h"));
        settle();
        assertThat(store.changedAfter(0).toString()).doesNotContain("hunter");
        assertThat(owner.configured(pid)).containsEntry("url", "http://h").containsEntry("token", "hunter2");
        assertThat(owner.files()).containsExactly(pid + ".cfg");

        owner.configure(pid, Map.of("token", "env:GRAFANA_TOKEN"));
        settle();
        assertThat(standby.configured(pid))
                .containsEntry("url", "http://h")
                .containsEntry("token", "env:GRAFANA_TOKEN");
    }

    @Test
    void anExchangeOfAFileLeavesNoTimeWithoutTheConfiguration() throws Exception {
        owner.edit("plain.cfg", "a=1\n");
        standby.edit("plain.cfg", "a=0\n");
        settle();
        owner.configure("plain", Map.of("a", "2"));
        settle();
        for (Server server : servers) {
            assertThat(server.files()).containsExactly("plain.cfg.replaced", "plain.config");
            assertThat(server.configured("plain")).containsEntry("a", "2");
            assertThat(server.removed).isEmpty();
        }
    }

    @Test
    void whatIsChangedBeforeTheFileOfTheChangeBeforeIsReadIsNotLost() throws Exception {
        settle();
        owner.configure("fresh", Map.of("a", "1"));
        owner.watch();
        owner.configurationSync.poll();
        assertThat(owner.files()).containsExactly("fresh.config");
        owner.configure("fresh", Map.of("a", "2"));
        owner.watch();
        owner.watch();
        settle();
        assertThat(owner.configured("fresh")).containsEntry("a", "2");
        assertThat(standby.configured("fresh")).containsEntry("a", "2");
    }

    @Test
    void whatAFileSaidIsKnownAfterAnExchangeOfTheBundle() throws Exception {
        owner.edit("plain.cfg", "a=1\n");
        settle();
        owner.configure("plain", Map.of("a", "2"));
        Configuration odd = owner.admin.getConfiguration("odd", "?");
        odd.update(FrameworkUtil.asDictionary(Map.of("a", "1", UnreadConfigurationCheck.FILE, "no uri")));
        settle();
        ExpectedConfigurations afterwards = new ExpectedConfigurations(owner.real.context());
        BundleContext nobody = mock(BundleContext.class);
        when(nobody.getBundles()).thenReturn(new Bundle[0]);
        var files = new ConfigurationFiles(nobody, owner.admin, mock(MetaTypeService.class), afterwards);
        CurrentConfigurations currentConfigurations = new CurrentConfigurations(owner.admin);
        assertThat(afterwards.changed("plain", currentConfigurations))
                .as("a configuration that has become a file is reported by that file")
                .isEmpty();
        owner.admin.getConfiguration("plain", "?").delete();
        assertThat(afterwards.changed("plain", currentConfigurations))
                .hasValueSatisfying(changed -> assertThat(changed.properties()).isEmpty());
        assertThat(files.canHandle(new File("plain.cfg"))).isTrue();
    }

    @Test
    void aChangeThatTheStoreRefusesHoldsUpNoOtherAndIsSeenAsADifference() throws Exception {
        settle();
        store.refuse("bad");
        owner.configure("bad", Map.of("a", "1"));
        owner.configure("fresh", Map.of("a", "1"));
        settle();
        assertThat(owner.configurationSync.failure()).isPresent();
        assertThat(standby.files()).containsExactly("fresh.config");
        assertThat(standby.configurationSync.differences())
                .containsExactly("the configuration bad of the owner is missing here");
        store.refuse("nothing");
        settle();
        assertThat(owner.configurationSync.failure()).isEmpty();
        assertThat(standby.configurationSync.differences()).isEmpty();
    }

    @Test
    void whatTheConsoleChangesOnTheOwnerIsAFileThereAndOnTheStandby() throws Exception {
        owner.edit("plain.cfg", "a=1\nb=2\n");
        settle();
        owner.configure("plain", Map.of("a", "changed, = \"$\""));
        owner.configure("fresh", Map.of("n", 5, "list", new String[] {"x", "y"}));
        owner.configure("profile", Map.of("number", 4L));
        settle();

        assertThat(owner.files())
                .containsExactly("fresh.config", "plain.cfg.replaced", "plain.config", "profile.config");
        assertThat(standby.files()).containsExactly("fresh.config", "plain.config", "profile.config");
        for (Server server : servers) {
            assertThat(server.configured("plain"))
                    .containsEntry("a", "changed, = \"$\"")
                    .containsEntry("b", "2");
            assertThat(server.configured("fresh")).containsEntry("n", 5);
            assertThat(server.configured("profile")).containsEntry("number", 4L).containsEntry("share", 0.5);
        }
        assertThat(store.mark().revision()).as("each once").isEqualTo(3);
        assertThat(standby.configurationSync.differences()).isEmpty();

        owner.admin.getConfiguration("fresh", "?").delete();
        settle();
        assertThat(owner.files()).doesNotContain("fresh.config");
        assertThat(standby.files()).doesNotContain("fresh.config");
        assertThat(standby.configured("fresh")).isEmpty();
        assertThat(store.mark().revision()).isEqualTo(4);
    }

    @Test
    void whatIsChangedInTheRunningServerIsReportedToTheAuditOnceWithNamesAndNoValues() throws Exception {
        owner.edit("plain.cfg", "a=1\nb=2\nc=3\n");
        settle();
        assertThat(owner.told).as("files are no change in the running server").isEmpty();

        owner.configure("plain", Map.of("a", "secret-1", "d", "secret-2"));
        owner.configure("eu.nephele.smo.access.security", Map.of("hosts", "secret-3"));
        standby.configure("of.standby", Map.of("x", "secret-4"));
        settle();
        assertThat(owner.told)
                .extracting(AuditRecord::action, AuditRecord::target, AuditRecord::principal, AuditRecord::outcome)
                .containsExactlyInAnyOrder(
                        tuple("configuration.change", "configuration/plain#a,d", "internal", "accepted"),
                        tuple(
                                "configuration.change",
                                "configuration/eu.nephele.smo.access.security#hosts",
                                "internal",
                                "accepted"));
        assertThat(standby.told)
                .as("and not what it carries out for the owner")
                .extracting(AuditRecord::target)
                .containsExactly("configuration/of.standby#x");
        assertThat(owner.told.toString() + standby.told).doesNotContain("secret-");

        owner.told.clear();
        owner.admin.getConfiguration("plain", "?").delete();
        settle();
        assertThat(owner.told)
                .extracting(AuditRecord::action, AuditRecord::target)
                .containsExactly(tuple("configuration.remove", "configuration/plain#a,b,c,d"));
    }

    @Test
    void aChangeThatCannotBeStoredYetIsReportedOnceAndAnotherOneAgain() throws Exception {
        settle();
        store.refuse("bad");
        owner.configure("bad", Map.of("a", "1"));
        settle();
        assertThat(owner.told).hasSize(1);
        owner.configure("bad", Map.of("a", "2"));
        settle();
        assertThat(owner.told).hasSize(2);
        store.refuse("nothing");
        settle();
        assertThat(owner.told).hasSize(2);
        owner.configure("bad", Map.of("a", "1"));
        settle();
        assertThat(owner.told).hasSize(3);
    }

    @Test
    void anInstanceWithoutANameGetsOne() throws Exception {
        Configuration made = owner.admin.createFactoryConfiguration("some.factory", "?");
        made.update(FrameworkUtil.asDictionary(Map.of("a", "1")));
        settle();

        assertThat(owner.files()).hasSize(1).allMatch(name -> name.startsWith("some.factory~"));
        assertThat(standby.files()).isEqualTo(owner.files());
        for (Server server : servers) {
            assertThat(server.admin.listConfigurations("(service.factoryPid=some.factory)"))
                    .singleElement()
                    .satisfies(each -> assertThat(each.getPid()).startsWith("some.factory~"));
        }
        assertThat(store.mark().revision()).isEqualTo(1);
    }

    @Test
    void whatTheConsoleChangesOnAStandbyStaysThereAndIsReported() throws Exception {
        settle();
        standby.configure("profile", Map.of("number", 9L));
        settle();

        assertThat(store.mark().revision()).isZero();
        assertThat(standby.files()).isEmpty();
        assertThat(standby.configurationSync.differences())
                .containsExactly("number of the configuration profile is different here than at the owner");
        assertThat(owner.configurationSync.differences()).isEmpty();
    }

    @Test
    void aDifferenceIsNamedWithoutItsValueAndGoneWhenItIsNone() throws Exception {
        owner.edit("both.cfg", "same=1\nother=secret-1\nowners=1\n");
        owner.edit("owners.cfg", "a=1\n");
        standby.edit("both.config", "same=\"1\"\nother=\"secret-2\"\nours=\"1\"\n");
        standby.edit("ours.cfg", "a=1\n");
        owner.edit("paths.cfg", "path=" + owner.data + "/x\n");
        standby.edit("paths.cfg", "path=" + standby.data + "/x\n");
        owner.edit("eu.nephele.smo.core.store.cfg", "address=a\n");
        settle();

        assertThat(standby.configurationSync.differences())
                .containsExactly(
                        "other of the configuration both is different here than at the owner",
                        "ours of the configuration both is set here and missing at the owner",
                        "owners of the configuration both is set at the owner and missing here",
                        "the configuration ours is here and missing at the owner",
                        "the configuration owners of the owner is missing here")
                .noneMatch(difference -> difference.contains("secret"));

        standby.edit("both.config", "same=\"1\"\nother=\"secret-1\"\nowners=\"1\"\n");
        standby.edit("owners.cfg", "a=1\n");
        Files.delete(standby.data.resolve("etc/ours.cfg"));
        settle();
        assertThat(standby.configurationSync.differences()).isEmpty();
        long written = store.mark().effective();
        owner.edit("both.cfg", "same=2\nother=secret-1\nowners=1\n");
        settle();
        assertThat(standby.configurationSync.differences())
                .containsExactly("same of the configuration both is different here than at the owner");
        assertThat(store.mark().effective()).as("written when it is another").isEqualTo(written + 1);
    }

    @Test
    void equalValuesHaveNothingInCommonWithThoseOfAnotherWritingOrProperty() throws Exception {
        owner.edit("both.cfg", "a=secret\nb=secret\n");
        settle();
        var first = store.effective().orElseThrow();
        assertThat(first.digests().get("both").get("a"))
                .isNotEqualTo(first.digests().get("both").get("b"));
        owner.edit("other.cfg", "a=1\n");
        settle();
        var second = store.effective().orElseThrow();
        assertThat(second.salt()).isNotEqualTo(first.salt());
        assertThat(second.digests().get("both").get("a"))
                .isNotEqualTo(first.digests().get("both").get("a"));
        assertThat(first + " " + second).doesNotContain("secret");
    }

    @Test
    void aChangeWaitsForAnUnavailableDatabaseAndThatIsReported() throws Exception {
        settle();
        store.away(true);
        owner.configure("fresh", Map.of("a", "1"));
        settle();
        assertThat(owner.configurationSync.failure())
                .hasValueSatisfying(why -> assertThat(why).contains("It is away."));
        assertThat(owner.files()).isEmpty();

        store.away(false);
        settle();
        assertThat(owner.configurationSync.failure()).isEmpty();
        assertThat(standby.files()).containsExactly("fresh.config");
    }

    @Test
    void aChangeThatCanBeNoFileHoldsUpNoOther() throws Exception {
        settle();
        owner.configure("a:b", Map.of("a", "1"));
        owner.configure("fresh", Map.of("a", "1"));
        settle();
        assertThat(owner.configurationSync.failure()).isEmpty();
        assertThat(standby.files()).containsExactly("fresh.config");
    }

    @Test
    void aNewOwnerReadsTheStoreAgainAtOnce() throws Exception {
        settle();
        store.change("late", Optional.of("a=\"1\"\n"));
        owner.role = Optional.empty();
        standby.role = Optional.of(Role.OWNER);
        standby.configurationSync.poll();
        assertThat(standby.files()).containsExactly("late.config");
        settle();
        int asked = store.questions();
        settle();
        assertThat(store.questions()).as("an owner asks nobody").isEqualTo(asked);
    }
}
