// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.placement;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where an instance comes from: a file, or the generator. */
@FunctionalInterface
public interface InstanceSource {

    /**
     * @param format that it has to have; empty for any
     * @param objective of a federation
     * @throws IOException if it cannot be read, or has another format
     */
    Instance read(Optional<String> format, Optional<InstanceObjective> objective) throws IOException;

    static InstanceSource file(Path file) {
        return (format, objective) -> InstanceReader.read(file, format, objective);
    }

    /**
     * @param wanted {@code SERVICES,CLUSTERS,loose|tight,SEED}
     * @throws IllegalArgumentException if it is no such text
     */
    static InstanceSource generated(String wanted) {
        if (!wanted.matches("[1-9]\\d{0,4},[1-9]\\d{0,3},(loose|tight),\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "--generate %s: expected SERVICES,CLUSTERS,loose|tight,SEED, such as 200,20,tight,1"
                            .formatted(wanted));
        }
        String[] words = wanted.split(",", -1);
        return (format, objective) -> InstanceReader.read(
                "--generate " + wanted,
                FederationGenerator.generate(
                        Integer.parseInt(words[0]),
                        Integer.parseInt(words[1]),
                        words[2].equals("tight"),
                        Integer.parseInt(words[3])),
                format,
                objective);
    }
}
