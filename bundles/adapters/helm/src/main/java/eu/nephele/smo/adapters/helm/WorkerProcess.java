// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.adapters.helm.HelmSettings.WorkerSettings;
import eu.nephele.smo.adapters.helm.worker.Frame;
import eu.nephele.smo.adapters.helm.worker.HelmWorker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker: a child process, the calls that it has not answered yet, and its end. */
final class WorkerProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final long END_MILLIS = 3_000;
    /** Time between the end of its output and its exit. */
    private static final long EXIT_MILLIS = 1_000;

    private static final int KIB_PER_MIB = 1024;
    /** Credential plugins of a kubeconfig need these; KUBECONFIG, HELM_… and proxies of the server are not the worker's. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ");

    private final Process process;
    private final Path temporary;
    private final WorkerInput input;
    private final Map<Long, CompletableFuture<Frame>> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final CompletableFuture<Frame> ready = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private volatile boolean gone;
    private volatile Optional<IOException> killedFor = Optional.empty();

    private WorkerProcess(Process process, Path temporary) {
        this.process = process;
        this.temporary = temporary;
        this.input = new WorkerInput(process.getOutputStream(), System::nanoTime);
        open.put(0L, ready);
        thread("helm-worker-answers", this::readAnswers);
        thread("helm-worker-log", this::readLog);
    }

    /** @param temporary folder used by this worker only */
    static WorkerProcess start(String classPath, Path temporary, WorkerSettings settings) throws IOException {
        Files.createDirectories(temporary);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heapMiB() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+StartAttachListener",
                "-Djava.io.tmpdir=" + temporary,
                // the native part is on the class path and never downloaded
                "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
                "-cp",
                classPath,
                HelmWorker.class.getName(),
                Integer.toString(settings.parallel())));
        builder.directory(temporary.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        for (String kind : List.of("CACHE", "CONFIG", "DATA")) {
            environment.put("HELM_" + kind + "_HOME", temporary.toString());
        }
        return new WorkerProcess(builder.start(), temporary);
    }

    /** Completes when it accepts requests; fails if it ends before. */
    CompletableFuture<Frame> ready() {
        return ready;
    }

    /** Sends a request; the answer fails with an {@link IOException} if the worker ends before it answers. */
    CompletableFuture<Frame> call(String word, Map<String, String> texts) {
        Frame request = new Frame(numbers.incrementAndGet(), word, traced(texts));
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        open.put(request.number(), answer);
        try {
            input.ask(request);
        } catch (IOException ended) {
            fail(request.number(), ended);
        }
        if (gone) {
            fail(request.number(), killedFor.orElseGet(WorkerProcess::ended));
        }
        return answer;
    }

    private static Map<String, String> traced(Map<String, String> texts) {
        Optional<String> context = HelmTraceHeader.value();
        if (context.isEmpty()) {
            return texts;
        }
        Map<String, String> all = new HashMap<>(texts);
        all.put(Frame.TRACE_PARENT, context.get());
        return all;
    }

    /** Without blocking. */
    void write(Duration left) {
        try {
            input.write(left);
        } catch (IOException ended) {
            LOG.debug("writing to helm worker failed process={} reason=\"{}\"", process.pid(), ended.getMessage());
        }
    }

    boolean isGone() {
        return gone;
    }

    int inFlight() {
        return open.size();
    }

    /** Counts an overdue call, whose answer is no longer needed. */
    void giveUpOne() {
        givenUp.incrementAndGet();
    }

    /** Returns whether none of its answers is needed. */
    boolean isDrained() {
        return inFlight() <= givenUp.get();
    }

    boolean isStuck() {
        return givenUp.get() > 0;
    }

    long pid() {
        return process.pid();
    }

    long calls() {
        return numbers.get();
    }

    long ageMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    /** Resident memory; -1 if the system does not report it. */
    int memoryMiB() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Integer.parseInt(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException notTold) {
            LOG.trace("reading memory of helm worker failed process={}", process.pid(), notTold);
            return -1;
        }
    }

    /** Kills it at once. Helm's runtime ignores SIGTERM. */
    void kill() {
        process.destroyForcibly();
    }

    /** Kills it at once. It gets no more requests, and its open calls fail for that reason. */
    void kill(IOException why) {
        if (!gone) {
            LOG.warn("killing helm worker process={} reason=\"{}\"", process.pid(), why.getMessage());
            killedFor = Optional.of(why);
            process.destroyForcibly();
            gone = true;
        }
    }

    /** Closes its input, at which it ends by itself; kills it when it does not. */
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException ended) {
            LOG.debug(
                    "closing helm worker failed process={} reason=\"{}\"; it has ended",
                    process.pid(),
                    ended.getMessage());
        }
        try {
            if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("helm worker did not end process={}; killing it", process.pid());
                process.destroyForcibly().waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        FolderDeleter.delete(temporary);
    }

    private void fail(long number, IOException why) {
        CompletableFuture<Frame> call = open.remove(number);
        if (call != null) {
            call.completeExceptionally(why);
        }
    }

    private void readAnswers() {
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                take(Frame.parse(line));
            }
        } catch (IOException | IllegalArgumentException broken) {
            LOG.warn(
                    "reading from helm worker failed process={} reason=\"{}\"; killing it",
                    process.pid(),
                    broken.getMessage());
            process.destroyForcibly();
        } finally {
            gone = true;
            IOException why = reason(hasExited());
            open.keySet().forEach(number -> fail(number, why));
        }
    }

    private void take(Frame answer) {
        if (answer.word().equals(Frame.HEARD)) {
            input.heard();
            return;
        }
        CompletableFuture<Frame> call = open.remove(answer.number());
        if (call != null) {
            call.complete(answer);
        }
    }

    /** Its calls fail only after its end: callers may retry at once. */
    private boolean hasExited() {
        try {
            return process.waitFor(EXIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private IOException reason(boolean exited) {
        if (killedFor.isEmpty() && exited && process.exitValue() == HelmWorker.UNHEARD) {
            TenureEnded why = new TenureEnded(
                    "Helm has ended itself: it received nothing from this server for the rest of the lease");
            LOG.warn("helm worker ended process={} reason=\"{}\"", process.pid(), why.getMessage());
            return why;
        }
        return killedFor.orElseGet(WorkerProcess::ended);
    }

    private static IOException ended() {
        return new IOException("The Helm worker has ended");
    }

    private void readLog() {
        try (BufferedReader log =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                LOG.debug("helm worker output process={} line=\"{}\"", process.pid(), line);
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        thread.start();
    }
}
