// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void clustersAreEqualBySourceAndNameAndInTheOrderOfTheirNames() {
        ClusterId one = new ClusterId("a", "x");
        assertThat(one)
                .isEqualTo(new ClusterId("a", "x"))
                .hasSameHashCodeAs(new ClusterId("a", "x"))
                .isNotEqualTo(new ClusterId("x", "a"))
                .isNotEqualTo(new ClusterId("b", "x"))
                .isNotEqualTo(new ClusterId("a", "y"))
                .isNotEqualTo("a/x");
        assertThat(new TreeSet<>(
                        List.of(new ClusterId("b", "y"), new ClusterId("b", "x"), new ClusterId("a", "y"), one)))
                .extracting(ClusterId::toString)
                .containsExactly("a/x", "b/x", "a/y", "b/y");
    }

    @Test
    void graphsAreEqualByProjectAndNameAndInTheOrderOfTheirProjects() {
        GraphId one = new GraphId("a", "x");
        assertThat(one)
                .isEqualTo(new GraphId("a", "x"))
                .hasSameHashCodeAs(new GraphId("a", "x"))
                .isNotEqualTo(new GraphId("x", "a"))
                .isNotEqualTo(new GraphId("b", "x"))
                .isNotEqualTo(new GraphId("a", "y"))
                .isNotEqualTo("a/x");
        assertThat(new TreeSet<>(List.of(new GraphId("b", "y"), new GraphId("b", "x"), new GraphId("a", "y"), one)))
                .extracting(GraphId::toString)
                .containsExactly("a/x", "a/y", "b/x", "b/y");
    }
}
