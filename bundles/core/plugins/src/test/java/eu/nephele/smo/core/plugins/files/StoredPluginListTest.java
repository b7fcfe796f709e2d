// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.store.InstalledPlugins;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plugins after a crash, on any server. */
class StoredPluginListTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private static Plugin plugin(String version, String file, PluginState state, String why) {
        return new Plugin(
                "acme",
                version,
                new Plugin.PluginArtifact(file, "digest-of-" + version, Optional.empty()),
                state,
                why,
                false,
                InstallSource.REST,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of("x"),
                new Plugin.PluginTimes(NOW, NOW));
    }

    private static PersistedState remembered(String replacing, Plugin... plugins) {
        return new PersistedState(
                List.of(plugins),
                Map.of("digest-of-1/kit", JsonObject.EMPTY, "digest-of-2/kit", JsonObject.EMPTY),
                replacing,
                "",
                StoreRevision.NONE,
                List.of());
    }

    @Test
    void whatIsOnTrialOrAboutToGoDoesNotCount() {
        Plugin old = plugin("1", "one.jar", PluginState.ACTIVE, "");
        StoredPluginList list = StoredPluginList.create(
                remembered(
                        "",
                        old,
                        plugin("2", "two.jar", PluginState.CANDIDATE, ""),
                        plugin("3", "three.jar", PluginState.CHECKING, ""),
                        plugin("4", "four.jar", PluginState.STOPPED, StoredPluginList.LEAVING)),
                Optional.empty(),
                List.of(new StoredPluginList.Replaced(
                        "acme~0.jar", "digest-of-0", List.of(new OfferedService("placement", "acme", "0")))));
        assertThat(list.plugins()).containsExactly(old);
        assertThat(list.verdicts()).containsOnlyKeys("digest-of-1/kit");
        assertThat(StoredPluginList.read(list.json())).isEqualTo(list);
    }

    @Test
    void ofAFileThatIsBeingReplacedWhatRanBeforeCountsUntilThatIsDone() {
        Plugin old = plugin("1", "up.jar", PluginState.ACTIVE, "");
        Plugin fresh = plugin("2", "up.jar", PluginState.ACTIVE, "");
        assertThat(StoredPluginList.create(remembered("up.jar", fresh), Optional.of(old), List.of())
                        .onDisk())
                .containsEntry("up.jar", old);
        assertThat(StoredPluginList.create(remembered("", fresh), Optional.empty(), List.of())
                        .onDisk())
                .containsEntry("up.jar", fresh);
    }

    @Test
    void whatRunsHasTheNameThatSomethingThatFailedHadToo() {
        Plugin runs = plugin("1", "upload.jar", PluginState.STOPPED, "by somebody");
        Plugin failed = plugin("2", "upload.jar", PluginState.FAILED, "");
        for (List<Plugin> order : List.of(List.of(runs, failed), List.of(failed, runs))) {
            assertThat(new StoredPluginList(order, Map.of(), List.of(), List.of()).onDisk())
                    .containsEntry("upload.jar", runs);
        }
    }

    @Test
    void theFolderHasTheWordWhereNobodyElseHasWrittenSince() {
        StoreRevision storeRevision = new StoreRevision("mine", "list", 7, true);
        assertThat(storeRevision.isAheadOf(list("list", "mine", 7))).isTrue();
        assertThat(storeRevision.isAheadOf(list("list", "mine", 6)))
                .as("killed before the store had it")
                .isTrue();
        assertThat(storeRevision.isAheadOf(list("list", "mine", 8)))
                .as("a copy of the folder wrote")
                .isFalse();
        assertThat(storeRevision.isAheadOf(list("list", "other", 7))).isFalse();
        assertThat(storeRevision.isAheadOf(list("new", "mine", 7))).isFalse();
        assertThat(StoreRevision.NONE.isAheadOf(list("", "", 0))).isFalse();
    }

    private static InstalledPlugins list(String origin, String writer, long revision) {
        return new InstalledPlugins(revision, origin, writer, JsonObject.EMPTY);
    }
}
