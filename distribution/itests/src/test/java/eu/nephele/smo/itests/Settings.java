// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A new data directory with configuration files. */
record Settings(Path data) {

    static Settings fresh() {
        Path data = Distribution.freshFolder("data");
        try {
            Files.createDirectory(data.resolve("etc"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return new Settings(data);
    }

    /** @param lines name=value each */
    Settings with(String pid, String... lines) {
        return file("etc/" + pid + ".cfg", String.join("\n", lines) + "\n");
    }

    /** @param path below the data directory */
    Settings file(String path, String content) {
        try {
            Files.writeString(data.resolve(path), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return this;
    }

    /** A simulated federation whose clusters have so many cores, named c1, c2, ….
     *
     * @param lines further settings of the simulator
     */
    Settings world(int[] cores, String... lines) {
        StringBuilder scenario = new StringBuilder("name: test\nstartupDelayMillis: 100\nclusters:\n");
        for (int i = 0; i < cores.length; i++) {
            scenario.append(
                    "  - {name: c%d, cpuCores: %d, memoryGib: 4096, storageGib: 100000}\n".formatted(i + 1, cores[i]));
        }
        file("world.yaml", scenario.toString());
        String[] all = new String[lines.length + 1];
        all[0] = "scenario=" + data.resolve("world.yaml");
        System.arraycopy(lines, 0, all, 1, lines.length);
        return with("eu.nephele.smo.lab.simulator", all);
    }
}
