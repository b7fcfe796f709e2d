// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.backup;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.pools.containers.Texts;
import org.junit.jupiter.api.Test;

class PoolRestoreTest {

    private static final JsonObject WAS = Texts.READER.document(Texts.LEAST);
    private static final JsonObject IS = Texts.READER.document(Texts.with("web:1.4.2", "web:2")
                    .replace(
                            "max_containers: 12",
                            "max_containers: 12\n  - {name: edge-2, host: h, endpoint: 'unix:///s', max_containers: 1}")
            + "  api: {image: i, port: 1, min_replicas: 0, max_replicas: 1, scale_up_threshold: 9, scale_down_threshold: 1,"
            + " cooldown_period: 1, health_check: {path: /}}\nload_balancer: {stats_port: 9000}\n");
    private static final JsonObject MARK = JsonObject.EMPTY.with("mark", new JsonString("m"));
    private static final JsonObject PRESENT = JsonObject.EMPTY
            .with("file", IS)
            .with("project", new JsonString("shop"))
            .with("source", new JsonString("digest"))
            .with("replaced", JsonObject.EMPTY.with("web", MARK).with("api", MARK));

    @Test
    void withPruneWhatWasIsAgain() {
        PoolRestore restore = new PoolRestore(PRESENT, WAS, true);
        assertThat(restore.changes())
                .containsExactly("- servers edge-2", "~ services web image", "- services api", "~ load_balancer");
        JsonObject desired = restore.desired(PRESENT, "other");
        assertThat(desired.get("file")).contains(WAS);
        assertThat(desired.get("project")).contains(new JsonString("shop"));
        assertThat(desired.get("source"))
                .as("the text that was read last is no news")
                .contains(new JsonString("digest"));
        assertThat(desired.get("replaced"))
                .as("nothing is replaced once more")
                .contains(JsonObject.EMPTY.with("web", MARK));
    }

    @Test
    void withoutItWhatTheCopyDoesNotHaveGoesOn() {
        PoolRestore restore = new PoolRestore(PRESENT, WAS, false);
        assertThat(restore.changes()).containsExactly("~ services web image", "~ load_balancer");
        assertThat(restore.desired(PRESENT, "other").toJson()).contains("edge-2", "\"api\"", "web:1.4.2");
    }

    @Test
    void updatesAndNumbersOfWhatIsNotAsItWasGo() {
        JsonObject both = JsonObject.EMPTY.with("web", MARK).with("api", MARK);
        JsonObject present = PRESENT.with("updates", both).with("scaled", both);
        JsonObject pruned = new PoolRestore(present, WAS, true).desired(present, "shop");
        assertThat(pruned.get("updates"))
                .as("web has another image, api is gone")
                .contains(JsonObject.EMPTY);
        assertThat(pruned.get("scaled")).contains(JsonObject.EMPTY.with("web", MARK));
        JsonObject kept = new PoolRestore(present, WAS, false).desired(present, "shop");
        assertThat(kept.get("updates")).contains(JsonObject.EMPTY.with("api", MARK));
        assertThat(kept.get("scaled")).contains(both);
        assertThat(new PoolRestore(present, IS, true).desired(present, "shop"))
                .as("with the same file all stays")
                .isEqualTo(present);
    }

    @Test
    void aPoolThatIsGoneComesBack() {
        PoolRestore restore = new PoolRestore(JsonObject.EMPTY, WAS, false);
        assertThat(restore.changes()).containsExactly("+ servers edge-1", "+ services web");
        assertThat(restore.desired(JsonObject.EMPTY, "shop").get("project")).contains(new JsonString("shop"));
    }

    @Test
    void whatIsThereAlreadyIsNoChange() {
        assertThat(new PoolRestore(PRESENT, IS, true).changes()).isEmpty();
    }
}
