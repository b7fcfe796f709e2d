// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServersTest {

    private static final long GONE = 9;

    @TempDir
    private Path folder;

    private void runs(String host, int port, long process) throws IOException {
        Files.writeString(folder.resolve(port + ".json"), """
                {"url":"http://%s:%d","port":%d,"process":%d,"profile":"sim","data":"/data/%d",
                 "tokenFile":"/data/%d/etc/admin.token"}""".formatted(host, port, port, process, port, port));
    }

    private RunningServers servers() {
        return RunningServers.in(folder, process -> process != GONE);
    }

    @Test
    void theTokenIsThatOfTheServerAtThePort() throws IOException {
        runs("127.0.0.1", 8000, 1);
        runs("10.0.0.7", 8001, 2);

        assertThat(servers().tokenFile(URI.create("http://127.0.0.1:8000")))
                .contains(Path.of("/data/8000/etc/admin.token"));
        assertThat(servers().tokenFile(URI.create("http://localhost:8001")))
                .contains(Path.of("/data/8001/etc/admin.token"));
        assertThat(servers().tokenFile(URI.create("http://10.0.0.7:8001"))).isPresent();
        assertThat(servers().tokenFile(URI.create("http://127.0.0.1:8002"))).isEmpty();
        assertThat(servers().tokenFile(URI.create("http://example.org:8000")))
                .as("a token is not sent to strangers")
                .isEmpty();
    }

    @Test
    void whatIsLeftOfAServerThatHasGoneCountsForNothing() throws IOException {
        runs("127.0.0.1", 8000, GONE);
        runs("127.0.0.1", 9000, 1);

        assertThat(servers().tokenFile(URI.create("http://127.0.0.1:8000"))).isEmpty();
        assertThat(servers().meant()).isEqualTo(URI.create("http://127.0.0.1:9000"));
    }

    @Test
    void withNoneTheUsualPortIsMeant() {
        assertThat(servers().meant()).isEqualTo(URI.create("http://127.0.0.1:8000"));
        assertThat(RunningServers.in(folder.resolve("none"), process -> true).meant())
                .isEqualTo(URI.create("http://127.0.0.1:8000"));
    }

    @Test
    void withSeveralNoneIsGuessedAndAllAreNamed() throws IOException {
        runs("127.0.0.1", 8000, 1);
        runs("127.0.0.1", 9001, 2);

        assertThatThrownBy(() -> servers().meant())
                .isInstanceOfSatisfying(CallFailed.class, unclear -> assertThat(unclear.lines())
                        .satisfiesExactly(
                                first -> assertThat(first).contains("2 servers", "--port", "--url", "SMO_URL"),
                                one -> assertThat(one).contains("http://127.0.0.1:8000", "data /data/8000"),
                                other -> assertThat(other).contains("http://127.0.0.1:9001", "process 2")));
    }

    @Test
    void aFileThatIsHalfWrittenIsPassedOver() throws IOException {
        Files.writeString(folder.resolve("8000.json"), "{\"url\":");
        runs("127.0.0.1", 9000, 1);

        assertThat(servers().meant()).isEqualTo(URI.create("http://127.0.0.1:9000"));
    }
}
