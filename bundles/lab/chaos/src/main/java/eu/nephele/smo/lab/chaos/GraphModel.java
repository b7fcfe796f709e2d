// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import java.util.Random;

/** One graph in the hands of one client. Read by others only when its client has ended. */
final class GraphModel {

    private final String name;
    private final Edits edits;
    private GraphState state = GraphState.ABSENT;
    private boolean tainted;

    GraphModel(String name, Random random, Charts charts) {
        this.name = name;
        this.edits = new Edits(name, random, charts);
    }

    String name() {
        return name;
    }

    Edits edits() {
        return edits;
    }

    GraphState state() {
        return state;
    }

    void state(GraphState now) {
        state = now;
    }

    /** The server has contradicted itself, which is a finding already: what it should be is not known any more. */
    void taint() {
        tainted = true;
    }

    boolean isTainted() {
        return tainted;
    }

    String path() {
        return Api.GRAPHS.formatted(Edits.PROJECT) + "/" + name;
    }

    String legacyPath() {
        return "/graphs/" + name;
    }

    @Override
    public String toString() {
        return Edits.PROJECT + "/" + name;
    }
}
