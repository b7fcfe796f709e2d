// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.distribution.assembly;

import java.util.List;

/** A pom without parent: the data needed to use a jar, without those of its build. */
final class FlatPom {

    private FlatPom() {}

    static String of(Coordinates jar, List<NeededLibrary> dependencies) {
        StringBuilder pom = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n")
                .append("  <modelVersion>4.0.0</modelVersion>\n");

        pom.append(triple(jar, "  "));
        if (!dependencies.isEmpty()) {
            pom.append("  <dependencies>\n");
            dependencies.forEach(needed -> pom.append("    <dependency>\n")
                    .append(triple(needed.coordinates(), "      "))
                    .append("      <scope>%s</scope>%n    </dependency>%n".formatted(needed.scope())));
            pom.append("  </dependencies>\n");
        }
        return pom.append("</project>\n").toString();
    }

    private static String triple(Coordinates of, String indent) {
        return indent + "<groupId>" + of.group() + "</groupId>\n" + indent + "<artifactId>" + of.artifact()
                + "</artifactId>\n" + indent + "<version>" + of.version() + "</version>\n";
    }
}
