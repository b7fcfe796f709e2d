// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerChoiceTest {

    private static final Map<String, String> VARIABLE = Map.of("SMO_URL", "http://lab:9000");

    @TempDir
    private Path folder;

    private URI chosen(Optional<String> url, Optional<Integer> port, Map<String, String> environment) {
        return new ServerChoice(url, port, environment).among(RunningServers.in(folder, process -> true));
    }

    @Test
    void anOptionWinsOverTheVariableAndThatOverWhatRunsHere() {
        assertThat(chosen(Optional.of("https://smo.example"), Optional.empty(), VARIABLE))
                .hasToString("https://smo.example");
        assertThat(chosen(Optional.empty(), Optional.of(8001), VARIABLE)).hasToString("http://127.0.0.1:8001");
        assertThat(chosen(Optional.empty(), Optional.empty(), VARIABLE)).hasToString("http://lab:9000");
        assertThat(chosen(Optional.empty(), Optional.empty(), Map.of("SMO_URL", " ")))
                .hasToString("http://127.0.0.1:8000");
    }

    @Test
    void aPortIsThatOfTheServerWhereverItListens() throws IOException {
        Files.writeString(
                folder.resolve("8001.json"),
                "{\"url\":\"http://10.0.0.7:8001\",\"port\":8001,\"process\":1,\"tokenFile\":\"/x\"}");
        assertThat(chosen(Optional.empty(), Optional.of(8001), Map.of())).hasToString("http://10.0.0.7:8001");
        assertThat(chosen(Optional.empty(), Optional.of(8002), Map.of())).hasToString("http://127.0.0.1:8002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "8000", "ftp://lab", "http://", "http://a b"})
    void whatIsNoUrlIsSaidWithItsSource(String wrong) {
        assertThatThrownBy(() -> chosen(Optional.of(wrong), Optional.empty(), Map.of()))
                .hasMessageContaining("--url is '%s'".formatted(wrong));
        assertThatThrownBy(() -> chosen(Optional.empty(), Optional.empty(), Map.of("SMO_URL", wrong)))
                .hasMessageContaining("SMO_URL is '%s'".formatted(wrong));
    }

    @Test
    void aServerIsNamedOnceAndByAPortThatThereIs() {
        assertThatThrownBy(() -> chosen(Optional.of("http://lab"), Optional.of(1), Map.of()))
                .hasMessageContaining("--url and --port");
        assertThatThrownBy(() -> chosen(Optional.empty(), Optional.of(0), Map.of()))
                .hasMessageContaining("--port 0");
        assertThatThrownBy(() -> chosen(Optional.empty(), Optional.of(65_536), Map.of()))
                .hasMessageContaining("65535");
    }
}
