// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {

    @TempDir
    Path data;

    private Path content;
    private PluginFolder full;

    @BeforeEach
    void aDiskThatIsFullHalfWay() throws Exception {
        content = Files.writeString(data.resolve("upload.part"), "content of a plugin");
        full = new PluginFolder(data.resolve("plugins"), data.resolve("tmp"), (from, to) -> {
            byte[] bytes = Files.readAllBytes(from);
            to.write(bytes, 0, bytes.length / 2);
            throw new IOException("No space left on device");
        });
    }

    @Test
    void aFullDiskLeavesNoHalfFile() throws Exception {
        assertThatThrownBy(() -> full.put(content, full.file("a.jar"))).hasMessageContaining("No space left");
        assertThat(full.file("a.jar")).doesNotExist();
        assertThat(full.scratch()).isEmptyDirectory();
        assertThat(full.names()).isEmpty();
    }

    @Test
    void aFullDiskLeavesWhatWasThere() throws Exception {
        Files.writeString(full.file("a.jar"), "former content");
        assertThatThrownBy(() -> full.put(content, full.file("a.jar"))).isInstanceOf(IOException.class);
        assertThat(full.file("a.jar")).hasContent("former content");
    }

    @Test
    void aFileIsTakenByMovingIt() throws Exception {
        full.take(content, "a.jar");
        assertThat(full.file("a.jar")).hasContent("content of a plugin");
        assertThat(content).doesNotExist();
    }

    @Test
    void onlyJarsAndZipsInSightAreLookedAt() throws Exception {
        for (String name : List.of("b.jar", "a.ZIP", ".hidden.jar", "c.jar.part", "plugins.json", "d.jar.refused")) {
            Files.writeString(full.file(name), "x");
        }
        assertThat(full.names()).containsExactly("a.ZIP", "b.jar");
    }

    @Test
    void statesAreReadAsTheyWereWritten() throws Exception {
        PluginFolder folder = new PluginFolder(data.resolve("plugins"), data.resolve("tmp"));
        StateFile file = new StateFile(folder);
        file.replacing("x.jar");
        file.verdict("digest", new eu.nephele.smo.api.model.JsonValue.JsonObject(Map.of()));
        file.handedOver("operation");
        assertThat(new StateFile(folder).now()).isEqualTo(file.now());
        assertThat(file.now().verdict("digest")).isPresent();
        assertThat(folder.scratch()).isEmptyDirectory();
    }

    @Test
    void whatIsWrittenOverAContentThatWasPutBackIsNews() throws Exception {
        PluginFolder folder = new PluginFolder(data.resolve("plugins"), data.resolve("tmp"));
        FolderWatch watch = new FolderWatch(folder, Clock.systemUTC());
        folder.put(content, folder.file("a.jar"));
        watch.put("a.jar", content);
        assertThat(watch.poll().more()).isFalse();

        folder.put(content, folder.file("a.jar"));
        Files.writeString(folder.file("a.jar"), "somebody was faster");
        watch.put("a.jar", content);
        assertThat(watch.poll().more()).as("it is looked at").isTrue();
    }
}
