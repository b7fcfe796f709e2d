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
 * The process in which Helm runs. Native code, the signal handlers of its runtime and its memory stay out of the server. It
 * answers the lines of its standard input on its standard output, several at a time, and ends with its input: also when the
 * server was killed.
 */
public final class HelmWorker {

    /** What is under way at the end of the input has this long; then the process is gone. */
    private static final long END_MILLIS = 1_500;

    private final PrintStream answers;
    private final HelmOperations operations;
    private final ExecutorService calls;

    private HelmWorker(PrintStream answers, Path temporary, int parallel) {
        this.answers = answers;
        this.operations = new HelmOperations(temporary);
        this.calls = Executors.newFixedThreadPool(parallel, call -> {
            Thread thread = new Thread(call, "helm-call");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param arguments how many calls run at a time */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        // nothing else may write between the answers
        System.setOut(System.err);
        HelmWorker worker =
                new HelmWorker(answers, Path.of(System.getProperty("java.io.tmpdir")), Integer.parseInt(arguments[0]));
        worker.answer(new Frame(0, "version", Map.of()), Frame.READY);
        worker.listen();
        worker.end();
    }

    private void listen() throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            Frame request = Frame.parse(line);
            calls.execute(() -> answer(request, Frame.DONE));
        }
    }

    // The process outlives whatever a library throws: the server shall hear of it.
    private void answer(Frame request, String word) {
        Frame answer;
        try {
            answer = new Frame(request.number(), word, operations.perform(request));
        } catch (IOException | RuntimeException | LinkageError failed) {
            String message = String.valueOf(failed.getMessage());
            String text = failed instanceof IllegalStateException
                    ? message
                    : failed.getClass().getName() + ": " + message;
            answer = new Frame(request.number(), Frame.FAILED, Map.of(Frame.MESSAGE, text));
        }
        byte[] line = (answer.line() + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (answers) {
            answers.write(line, 0, line.length);
            answers.flush();
        }
    }

    private void end() {
        Thread watch = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(END_MILLIS);
            } catch (InterruptedException sooner) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
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
