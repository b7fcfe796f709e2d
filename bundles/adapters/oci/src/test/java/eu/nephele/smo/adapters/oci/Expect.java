// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Failures of the adapter. */
final class Expect {

    private Expect() {}

    static ThrowableAssertAlternative<AdapterException> failure(Kind kind, ThrowingCallable call) {
        return assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(call)
                .satisfies(failed -> {
                    assertThat(failed.kind()).as(failed.getMessage()).isEqualTo(kind);
                    assertThat(failed.system()).isEqualTo("oci");
                });
    }
}
