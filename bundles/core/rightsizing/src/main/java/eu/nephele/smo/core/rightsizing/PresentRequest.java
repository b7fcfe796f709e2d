// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.rightsizing;

import java.util.Optional;

/**
 * What one replica asks for now, in cores or bytes. Where its pods ask for something, that counts; else what its class stands for.
 *
 * @param classAmount what its class stands for
 * @param pods what each of its pods asks for, 0 for nothing; empty when it is not known, or while they are being replaced
 */
record PresentRequest(double classAmount, Optional<Double> pods) {

    double amount() {
        return isOfPods() ? pods.orElse(classAmount) : classAmount;
    }

    boolean isOfPods() {
        return pods.filter(asked -> asked > 0).isPresent();
    }
}
