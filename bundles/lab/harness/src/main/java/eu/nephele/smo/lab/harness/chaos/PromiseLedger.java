// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Promises to the clients, and violations seen while they ran. Thread-safe. */
final class PromiseLedger {

    private final Map<String, Integer> acknowledged = new TreeMap<>();
    private final Map<String, String> operations = new LinkedHashMap<>();
    private final Map<String, String> requests = new LinkedHashMap<>();
    private final Map<String, String> sent = new LinkedHashMap<>();
    private final List<ChaosFinding> findings = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private Optional<String> latest = Optional.empty();
    private int repeated;
    private int abandoned;
    private int unfinished;

    synchronized void acknowledge(String what) {
        acknowledged.merge(what, 1, Integer::sum);
    }

    /** A change was acknowledged that has a correlation id of its own, the same for each repetition. */
    synchronized void request(String correlationId, String what) {
        requests.put(correlationId, what);
    }

    /** A change was asked for; whether it is ever acknowledged or not, it is made once at most. */
    synchronized void sent(String correlationId, String what) {
        sent.put(correlationId, what);
    }

    synchronized void operation(String location, String what) {
        operations.put(location, what);
        latest = Optional.of(location);
    }

    synchronized void find(ChaosFinding finding) {
        findings.add(finding);
    }

    /** The server refused a right request; nothing was promised, so nothing is lost. */
    synchronized void refused(String what) {
        refusals.add(what);
    }

    /** A request was repeated because its answer was lost. */
    synchronized void repeat() {
        repeated++;
    }

    /** A request whose answer was lost was not repeated. */
    synchronized void abandon() {
        abandoned++;
    }

    /** A server that was starting answered 404 instead of 503. */
    synchronized void unfinished() {
        unfinished++;
    }

    synchronized ClientAnswers answers() {
        return new ClientAnswers(acknowledged, repeated, abandoned, unfinished, refusals);
    }

    synchronized int promises() {
        return acknowledged.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Path of the operation that was acknowledged last. */
    synchronized Optional<String> latestOperation() {
        return latest;
    }

    /** Path of each operation → kind of its change. */
    synchronized Map<String, String> operations() {
        return new LinkedHashMap<>(operations);
    }

    /** Correlation id of each acknowledged change that has one → what it is. */
    synchronized Map<String, String> requests() {
        return new LinkedHashMap<>(requests);
    }

    /** Correlation id of each change that was asked for and not acknowledged → what it is. */
    synchronized Map<String, String> unacknowledged() {
        Map<String, String> open = new LinkedHashMap<>(sent);
        open.keySet().removeAll(requests.keySet());
        return open;
    }

    synchronized List<ChaosFinding> findings() {
        return List.copyOf(findings);
    }
}
