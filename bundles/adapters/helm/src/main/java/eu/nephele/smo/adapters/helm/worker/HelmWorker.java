// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The process of Helm. Native code, the signal handlers of its runtime and its memory stay out of the server. It
 * answers the lines of its standard input on its standard output, several at a time, and ends with its input: also when the
 * server was killed. During a change it also ends if it received nothing for as long as the lease of the server had
 * left: a paused server has a successor then.
 */
public final class HelmWorker {

    /** Exit status after too long a silence of its server. */
    public static final int UNHEARD = 70;

    /** Time for running calls after the end of the input; then the process exits. */
    private static final long END_MILLIS = 1_500;

    private final PrintStream answers;
    private final HelmOperations operations;
    private final ExecutorService calls;
    private final HeardLease lease = new HeardLease(System::nanoTime);

    private HelmWorker(PrintStream answers, Path temporary, int parallel) {
        this.answers = answers;
        this.operations = new HelmOperations(temporary);
        this.calls = Executors.newFixedThreadPool(parallel, call -> {
            Thread thread = new Thread(call, "helm-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param arguments number of concurrent calls */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // no other output may come between the answers
        System.setOut(System.err);
        HelmWorker worker =
                new HelmWorker(answers, Path.of(System.getProperty("java.io.tmpdir")), Integer.parseInt(arguments[0]));
        daemon(worker::endUnheard);
        worker.answer(new Frame(0, "version", Map.of()), Frame.READY);
        worker.listen();
        worker.end();
    }

    private void listen() throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            take(Frame.parse(line));
        }
    }

    private void take(Frame request) {
        if (request.word().equals(Frame.OWNER)) {
            lease.hear(leftMillis(request));
            write(new Frame(request.number(), Frame.HEARD, Map.of()));
        } else if (request.text(Frame.LEFT_MILLIS).isEmpty()) {
            calls.execute(() -> answer(request, Frame.DONE));
        } else {
            // before it gets a thread: a waiting call may not begin after the end of the lease
            lease.begin(leftMillis(request));
            calls.execute(() -> change(request));
        }
    }

    private static long leftMillis(Frame request) {
        return Long.parseLong(request.text(Frame.LEFT_MILLIS));
    }

    private void change(Frame request) {
        Frame answer;
        try {
            answer = answered(request, Frame.DONE);
        } finally {
            lease.end();
        }
        write(answer);
    }

    private void answer(Frame request, String word) {
        write(answered(request, word));
    }

    // The process survives every throwable of the library, and reports it to the server.
    private Frame answered(Frame request, String word) {
        if (!request.text(Frame.TRACE_PARENT).isEmpty()) {
            // standard error is the log of the server
            System.err.println(request.word() + " " + Frame.TRACE_PARENT + "=" + request.text(Frame.TRACE_PARENT));
        }
        try {
            return new Frame(request.number(), word, operations.perform(request));
        } catch (IOException | RuntimeException | LinkageError failed) {
            String message = String.valueOf(failed.getMessage());
            String text = failed instanceof IllegalStateException
                    ? message
                    : failed.getClass().getName() + ": " + message;
            return new Frame(request.number(), Frame.FAILED, Map.of(Frame.MESSAGE, text));
        }
    }

    private void write(Frame answer) {
        byte[] line = (answer.line() + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (answers) {
            answers.write(line, 0, line.length);
            answers.flush();
        }
    }

    /** Exits without output: the reader of its output may be paused. */
    private void endUnheard() {
        try {
            lease.awaitEnd();
            Runtime.getRuntime().halt(UNHEARD);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "helm-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void end() {
        daemon(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(END_MILLIS);
            } catch (InterruptedException sooner) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        calls.shutdown();
        try {
            if (calls.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
                System.exit(0);
            }
        } catch (InterruptedException sooner) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
