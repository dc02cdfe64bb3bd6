package io.pinfold.api.rest;

import io.pinfold.follower.view.AddRequest;

/**
 * What {@code POST /add} is asked to do.
 *
 * @param car whether the upload is a CAR
 * @param stream whether records are sent as they come, or together in the end
 */
record AddCall(AddRequest request, boolean car, boolean stream) {}
