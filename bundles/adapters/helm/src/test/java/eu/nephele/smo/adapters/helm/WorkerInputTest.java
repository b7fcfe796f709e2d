// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.helm.worker.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkerInputTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final WorkerInput input = new WorkerInput(out, nanos::get);

    private List<Frame> written() {
        return out.toString(StandardCharsets.UTF_8).lines().map(Frame::parse).toList();
    }

    @Test
    void severalChangesAtATimeNeedNotSayTheSame() throws IOException {
        input.write(Duration.ofSeconds(3));
        input.write(Duration.ofMillis(2_999));
        assertThat(written()).containsExactly(new Frame(0, Frame.OWNER, Map.of(Frame.LEFT_MILLIS, "3000")));
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(50));
        input.write(Duration.ofMillis(2_950));
        assertThat(written()).hasSize(2).last().isEqualTo(new Frame(0, Frame.OWNER, Map.of(Frame.LEFT_MILLIS, "2950")));
    }

    @Test
    void aWorkerThatReadsNothingIsNotSentSoMuchThatThePipeIsFull() throws IOException {
        for (int told = 0; told < 3_000; told++) {
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
            input.write(Duration.ofSeconds(5));
        }
        assertThat(out.size()).isLessThan(8_192);
        int before = written().size();
        input.heard();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        input.write(Duration.ofSeconds(5));
        assertThat(written()).hasSize(before + 1);
    }

    @Test
    void whatIsAskedForIsWrittenWhateverTheWorkerHasHeard() throws IOException {
        input.write(Duration.ofSeconds(3));
        Frame request = new Frame(1, "install", Map.of(Frame.NAME, "video"));
        input.ask(request);
        assertThat(written()).last().isEqualTo(request);
    }
}
