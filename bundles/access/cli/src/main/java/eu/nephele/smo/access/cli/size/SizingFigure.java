// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.size;

import java.util.List;

/** Predicted figures, each a sum of terms, with their place in the benchmark's result. */
enum SizingFigure {
    /** Heap that lives after a collection when all graphs run and nothing changes, MB. */
    HEAP_MEGABYTES("heapMegabytes", "/steady/heapMegabytes"),
    /** Database and files when all graphs run, MB. */
    DATA_MEGABYTES("dataMegabytes", "/deploy/dataMegabytes"),
    /** Processor time of the server for one graph, from its acceptance until it runs, ms. */
    CPU_MILLIS_PER_GRAPH("cpuMillisPerGraph", "/deploy/cpuMillisPerGraph"),
    /** Processor time while nothing changes, percent of one core. */
    PERCENT_OF_A_CORE("percentOfACore", "/steady/percentOfACore");

    private final String key;
    private final String pointer;

    SizingFigure(String key, String pointer) {
        this.key = key;
        this.pointer = pointer;
    }

    String key() {
        return key;
    }

    /** JSON pointer into the result of {@code ./smo bench engine}. */
    String pointer() {
        return pointer;
    }

    List<SizingTerm> terms() {
        return switch (this) {
            case HEAP_MEGABYTES ->
                List.of(SizingTerm.BASE, SizingTerm.GRAPHS, SizingTerm.ALL_SERVICES, SizingTerm.CLUSTERS);
            case DATA_MEGABYTES ->
                List.of(SizingTerm.BASE, SizingTerm.GRAPHS, SizingTerm.ALL_SERVICES, SizingTerm.GRAPHS_TIMES_CLUSTERS);
            case CPU_MILLIS_PER_GRAPH ->
                List.of(SizingTerm.BASE, SizingTerm.SERVICES_OF_A_GRAPH, SizingTerm.CLUSTERS, SizingTerm.WARM_UP);
            case PERCENT_OF_A_CORE -> List.of(SizingTerm.BASE, SizingTerm.GRAPHS, SizingTerm.ALL_SERVICES);
        };
    }
}
