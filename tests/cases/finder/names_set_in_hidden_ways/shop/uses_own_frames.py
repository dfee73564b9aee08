from shop.own_frames import X
