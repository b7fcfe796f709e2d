// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.HelmCalls.QueuedHelmCall;
import eu.nephele.smo.adapters.helm.KeyedLock.Hold;
import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.CallTracer;
import eu.nephele.smo.api.port.CallTracer.TracedCall;
import eu.nephele.smo.api.port.OwnerFence;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

final class HelmClient {

    /** Additional time in which Helm itself reports its time-out. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration READ = Duration.ofSeconds(20);

    private final HelmCalls calls;
    private final Duration limit;
    private final OwnerFence fence;
    private final Supplier<CallTracer> tracer;

    /** @param limit time for a change, hooks included */
    HelmClient(HelmCalls calls, Duration limit, OwnerFence fence, Supplier<CallTracer> tracer) {
        this.calls = calls;
        this.tracer = tracer;
        this.limit = limit;
        this.fence = fence;
    }

    Duration longest() {
        return limit.plus(GRACE);
    }

    String read(String word, String what, Map<String, String> texts) {
        return traced(word, what, () -> answer(calls.begin(word, texts, READ), what, Kind.UNAVAILABLE));
    }

    void change(String word, Hold hold, String what, Map<String, String> texts) {
        Map<String, String> all = new HashMap<>(texts);
        all.put(Frame.TIMEOUT_SECONDS, Long.toString(limit.toSeconds()));
        fence.require();
        traced(word, what, () -> {
            QueuedHelmCall call = calls.change(word, all, longest());
            hold.lastUntil(call.end());
            return answer(call, what, Kind.TIMED_OUT);
        });
    }

    /** The worker works within this span, whose context it gets. */
    private String traced(String word, String what, Supplier<String> call) {
        try (TracedCall span = tracer.get().begin("helm " + word)) {
            span.with("smo.helm.call", what);
            try {
                return call.get();
            } catch (AdapterException failed) {
                span.failed(failed.kind() + ": " + failed.getMessage());
                throw failed;
            }
        }
    }

    /** @param cutOff kind of the failure if the worker ends before it answers */
    private static String answer(QueuedHelmCall call, String what, Kind cutOff) {
        Frame frame;
        try {
            frame = call.answer().get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AdapterException(
                    cutOff, HelmErrors.SYSTEM, what + ": cancelled before Helm answered; it may be done", stopped);
        } catch (ExecutionException failed) {
            Throwable why = Optional.ofNullable(failed.getCause()).orElse(failed);
            throw new AdapterException(
                    kind(why, cutOff),
                    HelmErrors.SYSTEM,
                    what + ": Helm has not answered, it may be done: " + why.getMessage(),
                    failed);
        }
        if (!frame.word().equals(Frame.DONE)) {
            throw HelmErrors.exception(what, frame.text(Frame.MESSAGE));
        }
        return frame.text(Frame.OUTPUT);
    }

    /** Returns the kind of the failure; a former owner does not check it, because the next owner reads the outcome. */
    private static Kind kind(Throwable why, Kind cutOff) {
        if (why instanceof TenureEnded) {
            return Kind.UNAVAILABLE;
        }
        return why instanceof TimeoutException ? Kind.TIMED_OUT : cutOff;
    }
}
