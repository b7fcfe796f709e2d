// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.measure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;

/**
 * Describes a metric, at the class that records it. It becomes a capability of the bundle: the recorder shows the
 * meaning beside the values, and {@code docs/reference/metrics.md} is made from all of them. A metric that is not
 * described, or not as it is recorded, fails the build.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Repeatable(MetricList.class)
@Capability(namespace = Metric.NAMESPACE)
public @interface Metric {

    /** Namespace of the capabilities. */
    String NAMESPACE = "smo.metric";

    /** Name of the capability's attribute with the meaning. */
    String MEANING = "meaning";

    /** Name of the capability's attribute with the name. */
    String NAME = "name";

    /** Name as {@code GET /metrics} shows it, without the suffixes of a histogram. */
    @Attribute(NAME)
    String value();

    @Attribute("type")
    MetricType type();

    /** Unit of its values, in the plural: {@code seconds}, {@code graphs}. */
    @Attribute("unit")
    String unit();

    /**
     * Names of its labels; {@code outcome=placed|infeasible} for one with a closed set of values that is known when the
     * product is built. Values of the others are names of what is installed or configured, never what a caller sends.
     */
    @Attribute("labels")
    String[] labels() default {};

    /** One or more sentences in Markdown, without a full stop at the end. */
    @Attribute(MEANING)
    String meaning();
}
