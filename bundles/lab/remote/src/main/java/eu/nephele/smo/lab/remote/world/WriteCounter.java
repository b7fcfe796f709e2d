// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.remote.world;

import java.util.ArrayList;
import java.util.List;

/** Counts writes. Thread-safe. */
final class WriteCounter {

    private static final int REMEMBERED = 20;

    private final List<String> firstDoubled = new ArrayList<>();
    private long releases;
    private long shares;
    private long rules;
    private long removals;
    private long doubled;

    synchronized void release() {
        releases++;
    }

    synchronized void shares() {
        shares++;
    }

    synchronized void rule() {
        rules++;
    }

    synchronized void removal() {
        removals++;
    }

    synchronized void doubled(String what) {
        doubled++;
        if (firstDoubled.size() < REMEMBERED) {
            firstDoubled.add(what);
        }
    }

    synchronized WriteReport writes() {
        return new WriteReport(releases, shares, rules, removals, doubled, firstDoubled);
    }
}
