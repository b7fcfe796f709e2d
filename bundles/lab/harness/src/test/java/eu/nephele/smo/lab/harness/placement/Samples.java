// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small instances of our own, of each format. */
final class Samples {

    /** Two services of which the first is on c1 now; c2 is dear, c3 is small. */
    static final String FEDERATION = """
            {"format": "federation/1", "id": "sample", "klass": "loose", "seed": 1,
             "weights": {"deploy": 3, "move": 2, "price": 1, "energy": 1, "access": 1, "traffic": 2},
             "zoneLatency": [[0, 7], [7, 0]],
             "clusters": [
               {"name": "c1", "kind": "cloud", "zone": 0, "gpuCapable": false, "price": [5, 2, 9], "energy": [1, 1, 1],
                "capacity": {"cpuMilli": 8000, "memoryMiB": 8192, "gpu": 0}},
               {"name": "c2", "kind": "edge", "zone": 1, "gpuCapable": true, "price": [50, 20, 90], "energy": [1, 1, 1],
                "capacity": {"cpuMilli": 8000, "memoryMiB": 8192, "gpu": 4}},
               {"name": "c3", "kind": "edge", "zone": 0, "gpuCapable": true, "price": [1, 1, 1], "energy": [1, 1, 1],
                "capacity": {"cpuMilli": 1500, "memoryMiB": 8192, "gpu": 4}}],
             "services": [
               {"name": "s1", "cpuMilli": 1100, "memoryMiB": 1000, "gpu": 0, "replicas": 1, "current": 0, "moveCost": 11,
                "userZone": 1, "userRate": 4},
               {"name": "s2", "cpuMilli": 500, "memoryMiB": 600, "gpu": 1, "replicas": 2, "current": -1, "moveCost": 5,
                "userZone": 0, "userRate": 1}],
             "edges": [[0, 1, 3]], "together": [], "spread": [[0, 1]], "planted": [0, 1]}
            """;

    /** Three jobs for two agents, of which each can do two at most. */
    static final String ASSIGNMENT = """
            {"format": "gap/1", "id": "jobs", "agents": 2, "jobs": 3, "sense": "min", "klass": "a", "lowerBound": 5,
             "bestKnown": 6, "capacity": [10, 6], "cost": [[1, 2, 3], [4, 1, 3]], "weight": [[5, 5, 5], [3, 3, 9]]}
            """;

    /** Six replicas, of which the first cluster has room for four. */
    static final String APPLICATIONS = """
            {"format": "mcbench-case/1", "id": "applications",
             "clusters": [{"name": "x", "cpuMilli": 2000, "memoryMiB": 4096, "gpu": 0},
                          {"name": "y", "cpuMilli": 2000, "memoryMiB": 4096, "gpu": 0}],
             "waves": [[{"name": "a", "cpuMilli": 500, "memoryMiB": 100, "gpu": 0, "replicas": 2}],
                       [{"name": "b", "cpuMilli": 500, "memoryMiB": 100, "gpu": 0, "replicas": 4}]]}
            """;

    private Samples() {}

    static Path file(Path folder, String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "instance", ".json"), content);
    }
}
