// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import java.util.List;

/**
 * Bounded collection of the errors of one body. An unbounded validator spends a second and the heap of a hundred
 * readers on a megabyte of unknown members.
 */
final class BoundedExecutionContext extends ExecutionContext {

    /** Limit at one place that is judged as a whole: the body, or an alternative; far more than are reported. */
    private static final int MOST = 2_000;

    /** Enough is known. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("the limit of reported mistakes is reached", null, false, false);
        }
    }

    List<Error> in(ObjectNode body, Schema schema) {
        try {
            return schema.validate(this, body, OutputFormat.DEFAULT);
        } catch (Enough enough) {
            return List.copyOf(getErrors());
        }
    }

    /**
     * Adds an error; the errors of one of several alternatives are collected apart, and dropped if another alternative
     * fits.
     */
    @Override
    public void addError(Error error) {
        if (getErrors().size() >= MOST) {
            throw new Enough();
        }
        super.addError(error);
    }
}
