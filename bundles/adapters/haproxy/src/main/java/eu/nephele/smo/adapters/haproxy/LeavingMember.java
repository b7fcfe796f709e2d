// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.time.Instant;

/**
 * A member that goes when its requests are answered.
 *
 * @param until when it goes anyway
 */
record LeavingMember(String id, Instant until) {

    LeavingMember {
        ProxyNames.requireId(id);
    }
}
