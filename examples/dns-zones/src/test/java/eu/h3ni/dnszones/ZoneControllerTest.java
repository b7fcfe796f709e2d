// SPDX-License-Identifier: Apache-2.0
package eu.h3ni.dnszones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciled.Outcome;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.lab.testkit.ResourceControllerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// docs: contract
class ZoneControllerTest extends ResourceControllerContract {

    @TempDir
    Path folder;

    @Override
    protected ResourceController controller() {
        return new ZoneController(new ZoneFolder(folder));
    }

    @Override
    protected JsonObject desired() {
        return zone("192.0.2.1");
    }

    @Override
    protected JsonObject changed() {
        return zone("192.0.2.2");
    }

    @Override
    protected String name() {
        return "shop.example";
    }

    /** Content by file name. */
    @Override
    protected Map<String, String> world() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }
    // docs: end

    private static JsonObject zone(String address) {
        JsonObject entry = JsonObject.of(
                List.of("name", "address"), List.of(new JsonString("web"), new JsonString(address)));
        return JsonObject.of(
                List.of("nameServer", "records"),
                List.of(new JsonString("ns.example"), new JsonArray(List.of(entry))));
    }

    @Test
    void aZoneIsAMasterFile() throws Exception {
        settled(resource("u1", 7, desired(), false));
        assertThat(world().get("shop.example.zone"))
                .isEqualTo(
                        """
                        ; zone/p/shop.example/u1/file
                        $ORIGIN shop.example.
                        $TTL 60
                        @ IN SOA ns.example. hostmaster (7 3600 600 86400 60)
                        @ IN NS ns.example.
                        web IN A 192.0.2.1
                        """);
    }

    @Test
    void theFileOfSomebodyElseIsNotReplaced() throws Exception {
        settled(resource("other", 1, changed(), false));
        Map<String, String> before = world();
        Reconciled answer = settled(resource("u1", 1, desired(), false));
        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.message()).contains("shop.example");
        assertThat(world()).isEqualTo(before);
    }

    @Test
    void whatACrashHasLeftIsOverwrittenAndRemoved() throws Exception {
        Path half = folder.resolve("shop.example.u1.half");
        Files.writeString(half, "; zone");
        settled(resource("u1", 1, desired(), false));
        assertThat(world()).containsOnlyKeys("shop.example.zone");
        Files.writeString(half, "; zone");
        settled(resource("u1", 2, desired(), true));
        assertThat(world()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFolderThatIsAwayIsAFailureOutsideAndNothingIsTakenForRemoved(boolean leaving) throws Exception {
        Files.delete(folder);
        assertThatThrownBy(() -> settled(resource("u1", 1, desired(), leaving)))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("make sure that the folder exists");
        Files.createDirectory(folder);
    }
}
