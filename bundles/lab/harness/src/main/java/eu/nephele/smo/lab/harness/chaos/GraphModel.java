// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import java.util.List;
import java.util.Random;

/** One graph in the hands of one client. Read by others only when its client has ended. */
final class GraphModel {

    private final String name;
    private final DescriptorEdits edits;
    private GraphState state = GraphState.ABSENT;
    private boolean tainted;

    /** @param clusters over which services may be divided */
    GraphModel(String name, Random random, ChartCatalog charts, List<String> clusters) {
        this.name = name;
        this.edits = new DescriptorEdits(name, random, charts, clusters);
    }

    String name() {
        return name;
    }

    DescriptorEdits edits() {
        return edits;
    }

    GraphState state() {
        return state;
    }

    void state(GraphState now) {
        state = now;
    }

    /** The server contradicted itself, which is a finding already: the expected state is unknown from now on. */
    void taint() {
        tainted = true;
    }

    boolean isTainted() {
        return tainted;
    }

    String path() {
        return ServerApi.GRAPHS.formatted(DescriptorEdits.PROJECT) + "/" + name;
    }

    String legacyPath() {
        return "/graphs/" + name;
    }

    @Override
    public String toString() {
        return DescriptorEdits.PROJECT + "/" + name;
    }
}
