// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.audit;

import java.util.List;
import java.util.Locale;

/**
 * What a run has measured.
 *
 * @param entries of the chain
 * @param appendSeconds until all were in the database, in groups
 * @param exportSeconds until all were in a file
 * @param verifySeconds until the file was verified
 * @param honest whether the unchanged chain is good
 * @param falsified kinds of falsifications, each tried at several places
 * @param missed those that were not found
 */
record AuditBenchResult(
        long entries,
        double appendSeconds,
        double exportSeconds,
        double verifySeconds,
        boolean honest,
        int falsified,
        List<String> missed) {

    AuditBenchResult {
        missed = List.copyOf(missed);
    }

    boolean isGood() {
        return honest && missed.isEmpty();
    }

    private long perSecond() {
        return Math.round(entries / appendSeconds);
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append(line("entries", Long.toString(entries)));
        text.append(line("written per second, in groups of 500", Long.toString(perSecond())));
        text.append(line("exported, s", number(exportSeconds)));
        text.append(line("verified, s", number(verifySeconds)));
        text.append(line("the unchanged chain is good", Boolean.toString(honest)));
        text.append(line("falsifications found", falsified - missed.size() + " of " + falsified));
        missed.forEach(each -> text.append(line("NOT FOUND", each)));
        return text.toString();
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-40s %s%n", name, value);
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"benchmark\":\"audit\",\"entries\":%d,\"entriesPerSecond\":%d,\"exportSeconds\":%.2f,"
                        + "\"verifySeconds\":%.2f,\"honest\":%b,\"falsified\":%d,\"found\":%d}",
                entries,
                perSecond(),
                exportSeconds,
                verifySeconds,
                honest,
                falsified,
                falsified - missed.size());
    }
}
