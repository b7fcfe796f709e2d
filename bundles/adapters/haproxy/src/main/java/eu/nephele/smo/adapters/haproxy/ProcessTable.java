// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes of a HAProxy, as its master tells them.
 *
 * @param reloads since it was started
 * @param failed those of them, since the last good one, that loaded nothing
 * @param oldWorkers processes that finish what they had before the last reload
 */
record ProcessTable(long reloads, long failed, List<Long> oldWorkers) {

    private static final Pattern MASTER = Pattern.compile("\\d+ +master +(\\d{1,18})(?: +\\[failed: (\\d{1,18})])?.*");
    private static final Pattern WORKER = Pattern.compile("(\\d{1,10}) +worker .*");

    ProcessTable {
        oldWorkers = List.copyOf(oldWorkers);
    }

    /** Empty when the lines are no such table. */
    static Optional<ProcessTable> read(List<String> lines) {
        Optional<Matcher> master =
                lines.stream().map(MASTER::matcher).filter(Matcher::matches).findFirst();
        List<Long> old = new ArrayList<>();
        boolean among = false;
        for (String line : lines) {
            if (line.startsWith("#")) {
                among = line.startsWith("# old workers");
            }
            Matcher worker = WORKER.matcher(line);
            if (among && worker.matches()) {
                old.add(Long.valueOf(worker.group(1)));
            }
        }
        return master.map(line -> new ProcessTable(
                Long.parseLong(line.group(1)),
                Optional.ofNullable(line.group(2)).map(Long::parseLong).orElse(0L),
                old));
    }
}
