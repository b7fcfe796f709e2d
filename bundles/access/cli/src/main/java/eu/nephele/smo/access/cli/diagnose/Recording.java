// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Processor time and memory in a recording of Java Flight Recorder.
 *
 * @param processor stacks that ran, each counts one
 * @param allocation stacks that allocated, by bytes
 */
record Recording(FlameGraph processor, FlameGraph allocation) {

    private static final String CUT_OFF = "(deeper stack)";

    static Recording read(Path file) throws IOException {
        FlameGraph processor = new FlameGraph();
        FlameGraph allocation = new FlameGraph();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.ExecutionSample" -> add(processor, event, event.getThread("sampledThread"), 1);
                    case "jdk.ObjectAllocationSample" ->
                        add(allocation, event, event.getThread("eventThread"), Math.max(1, event.getLong("weight")));
                    default -> {
                        // of collections and locks, for other tools
                    }
                }
            }
        }
        return new Recording(processor, allocation);
    }

    private static void add(FlameGraph graph, RecordedEvent event, RecordedThread thread, long weight) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null) {
            return;
        }
        List<String> frames = new ArrayList<>();
        for (RecordedFrame frame : stack.getFrames()) {
            frames.add(name(frame));
        }
        if (stack.isTruncated()) {
            frames.add(CUT_OFF);
        }
        frames.add(group(thread));
        Collections.reverse(frames);
        graph.add(frames, weight);
    }

    /** Threads of one kind differ in their number. */
    private static String group(RecordedThread thread) {
        String name = thread == null ? null : thread.getJavaName();
        return name == null ? "unknown thread" : name.replaceAll("\\d+", "N");
    }

    private static String name(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        // a lambda has another number in each run
        return method == null
                ? "unknown method"
                : method.getType().getName().replaceAll("\\$\\$Lambda.*", "\\$\\$Lambda") + "." + method.getName();
    }
}
