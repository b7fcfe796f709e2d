// SPDX-License-Identifier: Apache-2.0
/** Available controllers: the selection among several, and the record of its calls. */
package eu.nephele.smo.core.runtime.controller;
