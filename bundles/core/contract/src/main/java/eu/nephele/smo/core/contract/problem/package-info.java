// SPDX-License-Identifier: Apache-2.0
/** Problem details (RFC 9457) of answers from in front of the interface and beside it. */
@Export
@Version("0.1.0")
package eu.nephele.smo.core.contract.problem;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
